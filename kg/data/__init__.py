

def sample_files() -> Path:
    """The folder of the sample documents, written for this project."""
    return _HERE / "sample"
