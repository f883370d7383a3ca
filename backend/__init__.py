"""放心消费在温州: the server side. `docs/architecture.md` says what stands where."""
