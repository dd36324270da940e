"""The IPTC's formats. No Django here: what stands in this room can be used without the house."""
