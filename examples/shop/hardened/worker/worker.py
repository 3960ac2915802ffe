import os
import pathlib
import time

import pg8000.native

password = pathlib.Path(os.environ["DATABASE_PASSWORD_FILE"]).read_text().strip()

while True:
    database = pg8000.native.Connection(
        "shop",
        host=os.environ["DATABASE_HOST"],
        password=password,
        database="shop",
    )
    database.run("UPDATE orders SET state = 'shipped' WHERE state = 'paid'")
    database.close()
    pathlib.Path("/tmp/alive").touch()
    time.sleep(10)
