/// The page of a report, in Mustache.
enum HTMLTemplate {
    static let text = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{title}} – ONVIF conformance</title>
        <style>
        :root { --ink: #1b2733; --soft: #5b6875; --page: #f4f6f8; --card: #fff; --line: #d9e0e6; --code: #eef2f5;
          --pass: #147a3d; --fail: #b3261e; --inconclusive: #8a5a00; --skipped: #5b6875; --mark: #ffe1dd; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e9ee; --soft: #9aa7b3; --page: #12171c; --card: #1a2128; --line: #313b45; --code: #10151a;
            --pass: #5fcf8d; --fail: #ff8a80; --inconclusive: #f0b95a; --skipped: #9aa7b3; --mark: #57211d; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 1080px; margin: 0 auto; padding: 24px 16px 64px; }
        h1 { font-size: 1.6rem; margin: 0 0 4px; overflow-wrap: anywhere; }
        article + article, .card + article { margin-top: 56px; }
        a { color: inherit; }
        h2 { font-size: 1.2rem; margin: 32px 0 8px; }
        .soft { color: var(--soft); }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; }
        dt { color: var(--soft); }
        dd { margin: 0; overflow-wrap: anywhere; }
        .summary { display: flex; flex-wrap: wrap; gap: 12px; margin: 16px 0; }
        .summary div { flex: 1 1 120px; background: var(--card); border: 1px solid var(--line); border-radius: 8px;
          padding: 12px 16px; border-top: 4px solid currentColor; }
        .summary b { display: block; font-size: 1.8rem; line-height: 1.2; }
        .summary .zero { color: var(--soft); }
        .pass { color: var(--pass); } .fail { color: var(--fail); }
        .inconclusive { color: var(--inconclusive); } .skipped { color: var(--skipped); }
        .yes { color: var(--pass); } .maybe { color: var(--inconclusive); } .no { color: var(--skipped); }
        .case { border-top: 1px solid var(--line); padding: 10px 0; }
        .case:first-of-type { border-top: 0; }
        .row { display: grid; grid-template-columns: 8.5em minmax(9em, max-content) 1fr max-content; gap: 4px 12px; }
        .row > * { overflow-wrap: anywhere; }
        .word { font-weight: 600; }
        .finding { border-left: 4px solid var(--fail); padding: 4px 0 4px 12px; margin: 10px 0; }
        .finding dt { min-width: 5em; }
        summary { cursor: pointer; padding: 4px 0; }
        pre { background: var(--code); border-radius: 6px; padding: 10px; margin: 4px 0 12px; overflow-x: auto;
          font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
        mark { background: var(--mark); color: inherit; display: block; border-left: 3px solid var(--fail);
          margin-left: -10px; padding-left: 7px; }
        table { border-collapse: collapse; width: 100%; }
        th { text-align: left; font-weight: 600; }
        td, th { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top;
          overflow-wrap: anywhere; }
        td:nth-child(2) { white-space: nowrap; }
        @media (max-width: 640px) {
          .row { grid-template-columns: 1fr max-content; }
          .row .title { grid-column: 1 / -1; }
          .row .time { display: none; }
          td, th { display: block; border: 0; padding: 0; }
          td:last-child { border-bottom: 1px solid var(--line); padding-bottom: 6px; margin-bottom: 6px; }
          thead { display: none; } }
        </style>
        </head>
        <body>
        <main>
        {{#hasMany}}
        <h1>{{title}}</h1>
        <div class="card"><table><thead><tr><th>Device</th><th>Address</th><th>Verdicts</th></tr></thead><tbody>
        {{#devices}}<tr><td><a href="#{{anchor}}">{{title}}</a></td><td class="soft">{{address}}</td><td>{{#summary}}{{^isZero}}<span class="{{class}} word">{{count}} {{word}}</span> {{/isZero}}{{/summary}}</td></tr>
        {{/devices}}</tbody></table></div>
        {{/hasMany}}
        {{#devices}}
        <article id="{{anchor}}">
        <h1>{{title}}</h1>
        <p class="soft">ONVIF conformance by {{tool}}, started {{started}}, {{total}} cases in {{seconds}} s</p>
        <div class="card"><dl>{{#identity}}<dt>{{name}}</dt><dd>{{value}}</dd>{{/identity}}</dl></div>
        <div class="summary">{{#summary}}<div class="{{class}}{{#isZero}} zero{{/isZero}}"><b>{{count}}</b>{{word}}</div>{{/summary}}</div>
        {{#groups}}
        <section>
        <h2>{{name}} <span class="soft">{{count}}{{#hasFailures}}, {{failures}} failed{{/hasFailures}}</span></h2>
        <div class="card">
        {{#cases}}
        <div class="case">
        <div class="row"><span class="word {{class}}">{{word}}</span><span>{{id}}</span><span class="title">{{title}}</span><span class="soft time">{{seconds}} s</span></div>
        {{#hasNote}}<div class="soft">{{note}}</div>{{/hasNote}}
        {{#isFailed}}
        {{#findings}}
        <div class="finding"><dl><dt>Expected</dt><dd>{{expected}}</dd><dt>Found</dt><dd>{{found}}</dd><dt>Clause</dt><dd>{{clause}} <span class="soft">{{exchange}}</span></dd>{{#hasCure}}<dt>To mend</dt><dd>{{cure}}</dd>{{/hasCure}}</dl></div>
        {{/findings}}
        {{#exchanges}}
        <details><summary>Exchange {{number}}: {{operation}}, {{status}}, {{milliseconds}} ms</summary>
        <div class="soft">Request</div>
        <pre>{{request}}</pre>
        <div class="soft">Response</div>
        <pre>{{#lines}}{{#isMarked}}<mark>{{text}}</mark>{{/isMarked}}{{^isMarked}}{{text}}
        {{/isMarked}}{{/lines}}</pre>
        </details>
        {{/exchanges}}
        {{/isFailed}}
        </div>
        {{/cases}}
        </div>
        </section>
        {{/groups}}
        <section>
        <h2>Features <span class="soft">{{featureCount}} supported</span></h2>
        <details class="card"><summary>What the device has, and what says so</summary>
        <table><thead><tr><th>Feature</th><th>State</th><th>Evidence</th></tr></thead><tbody>
        {{#features}}<tr><td>{{name}}</td><td class="{{class}}">{{state}}</td><td class="soft">{{evidence}}</td></tr>
        {{/features}}</tbody></table>
        </details>
        </section>
        </article>
        {{/devices}}
        </main>
        </body>
        </html>

        """
}
