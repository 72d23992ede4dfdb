// Waits until the page is drawn, and shows it. (A refresh by the browser would not load anew what has a fragment.)

async function look() {
  const answer = await fetch("/", { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer && answer.status !== 202) location.reload();
  else setTimeout(look, 500);
}

look();
