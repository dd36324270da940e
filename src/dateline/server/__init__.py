"""What runs: the server, its workers, and the follower that keeps indexes and schedules going."""
