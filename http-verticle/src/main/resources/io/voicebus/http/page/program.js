// The same request from a program. Knows nothing of a page.

/**
 * @param request of which all values are strings, which are the same in JSON, JavaScript and Python
 * @return {language, text} of each
 */
export function programs(origin, request) {
  const body = JSON.stringify(request);
  return [
    {
      language: 'curl',
      text:
        `curl -sN '${origin}v1/speak' -H 'Content-Type: application/json' \\\n` +
        `  -d '${body.replaceAll("'", "'\\''")}' | ffplay -nodisp -autoexit -`,
    },
    {
      language: 'JavaScript',
      text:
        `const answer = await fetch(${JSON.stringify(`${origin}v1/speak?format=mp3`)}, {\n` +
        `  method: 'POST',\n` +
        `  headers: {'Content-Type': 'application/json'},\n` +
        `  body: JSON.stringify(${body}),\n` +
        `});\n` +
        `for await (const sound of answer.body) play(sound); // while it is being written`,
    },
    {
      language: 'Python',
      text:
        `import json, urllib.request\n\n` +
        `request = urllib.request.Request(\n` +
        `    ${JSON.stringify(`${origin}v1/speak`)},\n` +
        `    json.dumps(${body}).encode(),\n` +
        `    {"Content-Type": "application/json"})\n` +
        `with urllib.request.urlopen(request) as answer, open("answer.wav", "wb") as file:\n` +
        `    while sound := answer.read(4096):\n` +
        `        file.write(sound)`,
    },
  ];
}
