/// The page of a report, in Mustache.
enum ScorePage {
    static let text = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{title}} – scores</title>
        <style>
        :root { --ink: #1b2733; --soft: #5b6875; --page: #f4f6f8; --card: #fff; --line: #d9e0e6;
          --c0: #1f6feb; --c1: #147a3d; --c2: #b35900; --c3: #8250df; --fail: #b3261e; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e9ee; --soft: #9aa7b3; --page: #12171c; --card: #1a2128; --line: #313b45;
            --c0: #6cb0ff; --c1: #5fcf8d; --c2: #f0a35a; --c3: #c29bff; --fail: #ff8a80; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 1080px; margin: 0 auto; padding: 24px 16px 64px; }
        h1 { font-size: 1.6rem; margin: 0 0 4px; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 32px 0 8px; }
        h3 { font-size: 1rem; margin: 0 0 8px; }
        .soft { color: var(--soft); }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px; }
        .card + .card { margin-top: 12px; }
        .wide { overflow-x: auto; }
        .wide svg { min-width: 640px; }
        .tiles { display: flex; flex-wrap: wrap; gap: 12px; margin: 16px 0; }
        .tiles div { flex: 1 1 130px; background: var(--card); border: 1px solid var(--line); border-radius: 8px;
          padding: 12px 16px; border-top: 4px solid var(--c0); }
        .tiles b { display: block; font-size: 1.7rem; line-height: 1.2; }
        .tiles small { color: var(--soft); white-space: nowrap; }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 12px; }
        .plots .card { margin: 0; }
        svg { display: block; width: 100%; height: auto; }
        .grid { stroke: var(--line); stroke-width: 1; }
        .axis { fill: var(--soft); font: 12px system-ui, sans-serif; }
        .curve { fill: none; stroke-width: 2.2; }
        path.c0 { stroke: var(--c0); } path.c1 { stroke: var(--c1); }
        path.c2 { stroke: var(--c2); } path.c3 { stroke: var(--c3); }
        .legend span { margin-right: 16px; font-weight: 600; overflow-wrap: anywhere; }
        span.c0 { color: var(--c0); } span.c1 { color: var(--c1); }
        span.c2 { color: var(--c2); } span.c3 { color: var(--c3); }
        .present { fill: var(--line); } .switch { stroke: var(--fail); stroke-width: 2; fill: none; }
        .cell { fill: var(--page); } .cell.hit { fill: var(--c0); }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th { text-align: left; font-weight: 600; }
        td, th { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
        summary { cursor: pointer; padding: 4px 0; }
        ul { margin: 0; padding-left: 20px; }
        </style>
        </head>
        <body>
        <main>
        <h1>{{title}}</h1>
        <p class="soft">{{summary}}</p>
        {{#hasTiles}}<div class="tiles">{{#tiles}}<div>{{name}}<b>{{value}}</b><small>{{interval}}</small></div>{{/tiles}}</div>{{/hasTiles}}
        <div class="plots">
        {{#plots}}<div class="card"><h3>{{title}}</h3>{{{svg}}}<div class="legend">{{#legend}}<span class="{{class}}">{{name}}</span>{{/legend}}</div></div>
        {{/plots}}</div>
        {{#tables}}
        <h2>{{title}}</h2>
        <div class="card wide"><table><thead><tr>{{#head}}<th>{{.}}</th>{{/head}}</tr></thead><tbody>
        {{#rows}}<tr>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
        {{/rows}}</tbody></table></div>
        {{/tables}}
        {{#timelines}}
        <h2>Tracks of {{name}}</h2>
        <div class="card wide"><p class="soft">A line an object: thin while it is there, thick in the colour of the tracker id that holds it; a red mark where the id changes. {{hidden}}</p>{{{svg}}}</div>
        <details class="card wide"><summary>Who was taken for whom: objects down, tracker ids across</summary>{{{confusion}}}</details>
        {{/timelines}}
        {{#hasNotes}}
        <h2>How it was scored</h2>
        <div class="card"><ul>{{#notes}}<li>{{.}}</li>{{/notes}}</ul></div>
        {{/hasNotes}}
        </main>
        </body>
        </html>

        """
}
