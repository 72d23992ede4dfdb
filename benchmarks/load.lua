-- Requests for wrk: the path given, each with a comment that no request before had.
local mark, turn

function init(args)
  path, mark, turn = args[1], args[2], 0
end

function request()
  turn = turn + 1
  local asked = path .. "%20%23" .. mark .. "-" .. turn
  return wrk.format("GET", asked, { Accept = "application/sparql-results+json" })
end
