import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import pg from 'pg';

const database = new pg.Pool({
  host: process.env.DATABASE_HOST,
  user: 'shop',
  password: readFileSync(process.env.DATABASE_PASSWORD_FILE, 'utf8').trim(),
  database: 'shop',
});

createServer(async (request, response) => {
  if (request.url === '/health') return response.end('ok\n');
  const { rows } = await database.query('SELECT name, price FROM products ORDER BY name');
  response.setHeader('content-type', 'application/json');
  return response.end(JSON.stringify(rows));
}).listen(3000);
