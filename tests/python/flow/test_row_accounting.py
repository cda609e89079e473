"""Row accounting against a model in plain Python, over random successive exports."""
