-- wrk's script: walks a list of requests as phones behind a proxy do.
--   wrk … -s walk.lua URL -- LIST START
-- LIST   a file with a request on each line, its parts separated by tabs: path, then headers of its own, then a body as JSON,
--        which makes it a POST
-- START  where in the list the walk begins; it goes round
-- Each request comes from an address of its own, so that no limit per address is met. At the end one line of JSON is printed.

local HEAD = " HTTP/1.1\r\nHost: localhost\r\n"
  .. "User-Agent: Mozilla/5.0 (Linux; Android 14; V2307A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.188 Mobile Safari/537.36 MicroMessenger/8.0.50.2701\r\n"
  .. "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n"
  .. "Accept-Encoding: gzip, deflate, br\r\nAccept-Language: zh-CN,zh;q=0.9,en;q=0.8\r\n"
  .. "X-Requested-With: com.tencent.mm\r\nX-Forwarded-Proto: http\r\n"

local requests, position, phone = {}, 0, 0

local function parsed(line)
  local path, own, body
  for part in line:gmatch("[^\t]+") do
    if not path then path = part
    elseif part:sub(1, 1) == "{" then body = part
    else own = (own or "") .. part .. "\r\n" end
  end
  local head = (body and "POST " or "GET ") .. path .. HEAD .. (own or "")
  if body then head = head .. "Content-Type: application/json\r\nContent-Length: " .. #body .. "\r\n" end
  return { head .. "X-Forwarded-For: 10.", "\r\n\r\n" .. (body or "") }
end

function init(arguments)
  for line in io.lines(arguments[1]) do
    requests[#requests + 1] = parsed(line)
  end
  position = tonumber(arguments[2])
  phone = position
end

function request()
  local parts = requests[position % #requests + 1]
  position, phone = position + 1, phone + 1
  return parts[1] .. math.floor(phone / 65536) % 256 .. "." .. math.floor(phone / 256) % 256 .. "." .. phone % 256 .. parts[2]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"done": %d, "seconds": %.6f, "bytes": %d, "p50_ms": %.4f, "p99_ms": %.4f, "refused": %d, "broken": %d, "timeouts": %d}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status, errors.connect + errors.read + errors.write, errors.timeout))
end
