"""Copy from elsewhere: an agency's old archive, and other agencies' wires."""
