"""One module per kind of place the portal runs in."""
