"""Groups of commands of ``juwen``, each in a module of its own."""
