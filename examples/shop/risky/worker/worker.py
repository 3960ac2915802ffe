import os
import time

import pg8000.native

while True:
    database = pg8000.native.Connection(
        "shop",
        host=os.environ["DATABASE_HOST"],
        password=os.environ["DATABASE_PASSWORD"],
        database="shop",
    )
    database.run("UPDATE orders SET state = 'shipped' WHERE state = 'paid'")
    database.close()
    time.sleep(10)
