import { createServer } from 'node:http';
import pg from 'pg';

const database = new pg.Pool({ connectionString: process.env.DATABASE_URL });

createServer(async (request, response) => {
  if (request.url === '/health') return response.end('ok\n');
  const { rows } = await database.query('SELECT name, price FROM products ORDER BY name');
  response.setHeader('content-type', 'application/json');
  return response.end(JSON.stringify(rows));
}).listen(3000);
