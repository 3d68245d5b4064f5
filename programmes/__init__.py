"""Programme documents: reading files, their structure, where each measure came from."""
