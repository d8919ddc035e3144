/// The page of a validation, in Mustache.
enum ValidationTemplate {
    static let text = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Validation of {{name}}</title>
        <style>
        :root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --bad: #c62828; --dim: #888 }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem }
        h1 { margin-bottom: 0 } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line) }
        table { border-collapse: collapse; margin: 1rem 0 } th, td { padding: .2rem .7rem; text-align: left }
        th { font-weight: 600; border-bottom: 1px solid var(--line) } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
        tr + tr td { border-top: 1px solid var(--line) }
        .pass { color: var(--good) } .fail { color: var(--bad); font-weight: 600 } .open, .dim { color: var(--dim) }
        .verdict { font-size: 1.2rem } figure { display: inline-block; margin: .5rem 1rem .5rem 0; max-width: 36rem }
        figure img { width: 100% } figcaption { color: var(--dim) } code { overflow-wrap: anywhere }
        </style>
        </head>
        <body>
        <h1>Validation of {{name}}</h1>
        <p class="verdict">{{#isGood}}<span class="pass">Everything that was judged is met.</span>{{/isGood}}{{^isGood}}<span class="fail">Something is missed.</span>{{/isGood}}</p>
        <p>Generator {{generator}}, {{way}}; {{processors}} × {{processor}}, load {{load}} at the beginning, {{pinned}}.
        {{#commitment}}<br>Seeds and tier files: <code>{{commitment}}</code>, {{kept}}.{{/commitment}}</p>
        <p class="dim">All subjects are drawn, and by the same renderer as those of the training: nothing here speaks of real people or real pictures. The whole of each clip but its pre-roll is scored, and every seed is shown.</p>
        {{#groups}}
        <h2>{{scene}} <span class="dim">{{tier}}</span></h2>
        <p>{{count}} runs, {{seconds}} s scored each, H.264 with rate factor {{quality}}.</p>
        <table>
        <tr><th>figure</th><th class="n">mean</th><th class="n">worst</th><th class="n">95 % over scenes</th><th class="n">must</th><th></th><th class="n">reach</th><th></th></tr>
        {{#rows}}<tr><td>{{name}}</td><td class="n">{{mean}}</td><td class="n">{{worst}}</td><td class="n">{{interval}}</td><td class="n">{{must}}</td><td class="{{class}}">{{verdict}}</td><td class="n">{{reach}}</td><td class="{{reachedClass}}">{{reached}}</td></tr>
        {{/rows}}</table>
        <table>
        <tr><th class="n">seed</th><th>camera</th><th>HOTA</th>{{#columns}}<th class="n">{{name}}</th>{{/columns}}<th class="n">switches</th><th class="n">people</th><th class="n">× real time</th><th class="n">MB</th><th class="n">delay, s</th></tr>
        {{#runs}}<tr><td class="n">{{seed}}</td><td>{{camera}}</td><td><svg width="200" height="10" role="img"><rect width="200" height="10" fill="#8882"/><rect width="{{bar}}" height="10" fill="#3d6fc8"/></svg></td>{{#cells}}<td class="n">{{text}}</td>{{/cells}}<td class="n">{{switches}}</td><td class="n">{{people}}</td><td class="n">{{speed}}</td><td class="n">{{memory}}</td><td class="n">{{delay}}</td></tr>
        {{/runs}}</table>
        {{#hasBaselines}}
        <h3>What needs no skill <span class="dim">(seed {{baselineSeed}})</span></h3>
        <table><tr><th>baseline</th><th class="n">HOTA</th></tr>{{#baselines}}<tr><td>{{name}}</td><td class="n">{{hota}}</td></tr>{{/baselines}}</table>
        <p class="{{validityClass}}">{{validity}}</p>
        {{/hasBaselines}}
        {{#pictures}}<figure><img alt="frame {{frame}} of seed {{seed}}" src="data:image/jpeg;base64,{{image}}"><figcaption>Seed {{seed}}, {{camera}}, frame {{frame}}: {{missed}} missed, {{invented}} invented; truth green, core red.</figcaption></figure>{{/pictures}}
        {{/groups}}
        {{#hasCanaries}}
        <h2>Canaries</h2>
        <table><tr><th>check</th><th></th><th>found</th></tr>
        {{#canaries}}<tr><td>{{title}}</td><td class="{{class}}">{{verdict}}</td><td>{{found}}</td></tr>
        {{/canaries}}</table>
        {{#style}}<p class="{{class}}">Drawn in another style: HOTA {{restyled}} instead of {{usual}}, a loss of {{loss}}; {{tolerance}} at most.</p>{{/style}}
        {{/hasCanaries}}
        <h2>Guards</h2>
        <table><tr><th class="n"></th><th>danger</th><th>what stands against it</th></tr>
        {{#guards}}<tr><td class="n">{{number}}</td><td>{{danger}}</td><td>{{defence}}</td></tr>
        {{/guards}}</table>
        </body>
        </html>

        """#
}
