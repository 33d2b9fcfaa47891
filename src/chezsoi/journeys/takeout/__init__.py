"""All that an organisation may take with it to another installation, and the way in."""
