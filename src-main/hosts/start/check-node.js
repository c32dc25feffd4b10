// Plain JavaScript: an old Node must be able to read the sentence that sends it away.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Size Picker needs Node 22.18 or newer; this is ${process.versions.node}, and npm brought no newer one for this system. Install Node 24 and try again.`,
  );
  process.exit(1);
}
