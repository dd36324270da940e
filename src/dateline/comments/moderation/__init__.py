"""What moderators decide, and by what rules; reports, appeals, and the public log."""
