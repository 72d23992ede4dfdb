{
  const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}");
  const vis = /** @type {any} */ (globalThis).vis;
  new vis.Network(
    document.getElementById("network"),
    { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) },
    data.options,
  );
  document.documentElement.dataset.ready = "";
}
