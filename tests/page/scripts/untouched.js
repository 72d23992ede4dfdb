() => window.pwned === undefined
  && !document.querySelector('#main script, #main img, [onerror], [onload], [onmouseover], [onfocus]')
