"""``python -m eval.public``."""

from eval.public.command import main

raise SystemExit(main())
