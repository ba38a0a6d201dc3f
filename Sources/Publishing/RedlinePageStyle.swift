extension RedlinePage {
  // Contrasts are at least 4.5 to 1 on white (WCAG 2.2, 1.4.3); changes are told by lines, not by
  // colour alone (1.4.1).
  static let style: StaticString = """
    body { font: 16px/1.5 Georgia, 'Times New Roman', serif; color: #1a1a1a; background: #fff;
      max-width: 50rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
    h1, h2, h3, nav, table, .note, .key, footer { font-family: system-ui, sans-serif; }
    ins { color: #0b5a1e; text-decoration: underline; text-decoration-thickness: 2px; }
    del { color: #9c1515; text-decoration: line-through; }
    .moved { color: #0b4f8a; text-decoration: underline double; }
    .movedAway del { color: #0b4f8a; } .movedHere ins { color: #0b4f8a; }
    .passage { white-space: pre-wrap; margin: .6rem 0; padding-left: .75rem;
      border-left: 3px solid transparent; }
    .item { margin-left: 1.5rem; } .code { font: .85rem/1.4 ui-monospace, monospace; }
    .sign { display: none; } tr.passage { margin: 0; }
    .change { border-left: 3px solid #5a5a5a; padding-left: .75rem; }
    .note { font-size: .85rem; color: #404040; }
    .record { margin: 1rem 0; } .record h3 { margin: 0 0 .25rem; font-size: 1rem; }
    table { border-collapse: collapse; font-size: .9rem; width: 100%; }
    th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top; }
    th[scope=row] { overflow-wrap: normal; }
    caption { text-align: left; font-weight: bold; padding: .25rem 0; }
    a { color: #0b4f8a; } :focus { outline: 3px solid #0b4f8a; outline-offset: 2px; }
    .skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; }
    @media print { nav, .skip, .key { display: none; } body { max-width: none; }
      .record, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } a { color: inherit; } }
    """

  static let script: StaticString = """
    (function () {
      var changes = Array.prototype.slice.call(document.querySelectorAll('.change'));
      var current = -1;
      document.addEventListener('keydown', function (event) {
        if (event.ctrlKey || event.metaKey || event.altKey || !changes.length) { return; }
        if (event.key === 'n') { current = Math.min(current + 1, changes.length - 1); }
        else if (event.key === 'p') { current = Math.max(current - 1, 0); }
        else { return; }
        changes[current].focus();
        changes[current].scrollIntoView({ block: 'center' });
      });
    }());
    """
}
