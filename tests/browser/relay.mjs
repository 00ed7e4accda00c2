// A server in front of the one under test that can be stopped, and that can answer something else for a file.
import { createServer } from "node:http";

/** Starts it: `{ origin, asked, change(path, answer), stop() }`; `answer` is `(content) => content` or a status. */
export async function relay(port = 0) {
  const changed = new Map();
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://relay").pathname;
    asked.push(path);
    const change = changed.get(path);
    if (typeof change === "number") return response.writeHead(change).end();
    try {
      const answer = await fetch(new URL(request.url, process.env.GASVRIJ_URL));
      const content = Buffer.from(await answer.arrayBuffer());
      const type = answer.headers.get("content-type") ?? "application/octet-stream";
      response.writeHead(answer.status, { "content-type": type, "cache-control": "no-cache" });
      response.end(change ? change(content) : content);
    } catch {
      response.writeHead(502).end();
    }
  });
  await new Promise((done) => server.listen(port, "127.0.0.1", done));
  const stop = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return { port: server.address().port, origin: `http://127.0.0.1:${server.address().port}`, asked, change: (path, to) => changed.set(path, to), stop };
}
