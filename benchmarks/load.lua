-- Requests for wrk: the path given, each with a comment that no request before had; or the very same path again.
local mark, unique, turn

function init(args)
  path, mark, unique, turn = args[1], args[2], args[3] == "unique", 0
end

function request()
  turn = turn + 1
  local asked = unique and (path .. "%20%23" .. mark .. "-" .. turn) or path
  return wrk.format("GET", asked, { Accept = "application/sparql-results+json" })
end
