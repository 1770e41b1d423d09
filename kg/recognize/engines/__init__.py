"""Statistical engines behind the ``Recognizer`` protocol; each one is optional and loaded when asked for."""
