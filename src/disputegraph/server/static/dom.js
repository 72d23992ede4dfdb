// Elements are made from text only; no markup is ever parsed.

export const byId = (id) => document.getElementById(id);

export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Returns an IRI as a prefixed name where a prefix fits. */
export function shortened(iri, prefixes) {
  let best = "",
    name = null;
  for (const [prefix, namespace] of Object.entries(prefixes))
    if (iri.startsWith(namespace) && namespace.length > best.length) [best, name] = [namespace, prefix];
  const rest = iri.slice(best.length);
  return name !== null && rest && !/[/#?]/.test(rest) ? `${name}:${rest}` : iri;
}
