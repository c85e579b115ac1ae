"""Superset's metadata, roles and administrator, in one process: each of Superset's own commands
would spend most of its time on starting. Safe to run again."""

import os
import pathlib

from superset.app import create_app

app = create_app()
with app.app_context():
    import flask_migrate

    flask_migrate.upgrade(directory=app.config.get("MIGRATIONS_DIR") or str(pathlib.Path(__import__("superset").__file__).parent / "migrations"))

    from superset import appbuilder, security_manager

    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()

    name = os.environ["TRIBUTARY_SUPERSET_ADMIN"]
    password = pathlib.Path(os.environ["TRIBUTARY_SUPERSET_ADMIN_PASSWORD_FILE"]).read_text(encoding="utf-8").strip()
    user = security_manager.find_user(username=name)
    if user is None:
        user = security_manager.add_user(name, "Tributary", "Administrator", f"{name}@localhost", security_manager.find_role("Admin"), password=password)
        if not user:
            raise SystemExit(f"The administrator {name} could not be made; see the messages above.")
    else:
        security_manager.reset_password(user.id, password)
