"""What may be shown of a confidential assessment."""
