"""The workbench: a local web application over one graph (``kg serve``); ``kg.web.app.create_app`` makes it."""
