"""Opens redline pages in headless Chromium and looks at them as a reader would: by keyboard, on paper, on a
narrow screen, and without colours. Usage: page.py FOLDER, which holds N.html, N.old.md and N.new.md.
With SCREENSHOTS=DIR it leaves pictures there."""

import base64
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

# What Chromium makes of the page, read by its own parser: all insertions taken out, or all deletions.
SIDE = """
const copy = arguments[1].cloneNode(true);
for (const gone of copy.querySelectorAll('.note, caption, ' + arguments[0])) gone.remove();
return [...copy.querySelectorAll('.passage')].map(passage => passage.textContent).join('');
"""

# Contrast, landmarks, headings, names: what WCAG 2.2 AA asks of a page like this one.
ACCESS = r"""
const faults = [];
function luminance(colour) {
  const [red, green, blue] = colour.match(/[\d.]+/g).slice(0, 3).map(part => {
    const value = part / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function background(element) {
  for (let one = element; one; one = one.parentElement) {
    const colour = getComputedStyle(one).backgroundColor;
    if (!/, 0\)$|transparent/.test(colour)) return colour;
  }
  return 'rgb(255, 255, 255)';
}
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let checked = 0;
while (walk.nextNode()) {
  const element = walk.currentNode.parentElement;
  if (!walk.currentNode.textContent.trim() || !element.getClientRects().length) continue;
  if (['SCRIPT', 'STYLE'].includes(element.tagName)) continue;
  const [one, two] = [luminance(getComputedStyle(element).color), luminance(background(element))];
  const contrast = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  checked += 1;
  if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)} of ${element.outerHTML.slice(0, 80)}`);
}
if (!checked) faults.push('no text was looked at');
if (!document.documentElement.lang) faults.push('no language');
if (!document.title.trim()) faults.push('no title');
for (const name of ['header', 'nav', 'main', 'footer', 'h1']) {
  const count = document.querySelectorAll(name).length;
  if (count !== 1) faults.push(`${count} of ${name}`);
}
for (const element of document.body.children) {
  if (!/^(HEADER|NAV|MAIN|FOOTER|SCRIPT)$/.test(element.tagName) && !element.matches('a.skip'))
    faults.push(`${element.tagName} is outside of every landmark`);
}
let last = 0;
for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
  const level = +heading.tagName[1];
  if (level > last + 1) faults.push(`h${level} after h${last}: ${heading.textContent.slice(0, 40)}`);
  if (!heading.textContent.trim()) faults.push('a heading without words');
  last = level;
}
const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
if (new Set(ids).size !== ids.length) faults.push('an id stands twice');
for (const link of document.querySelectorAll('a')) {
  if (!link.textContent.trim()) faults.push(`a link without words: ${link.outerHTML.slice(0, 80)}`);
  const target = link.getAttribute('href');
  if (target.startsWith('#') && !document.getElementById(target.slice(1)))
    faults.push(`${target} leads nowhere`);
}
for (const element of document.querySelectorAll('[aria-labelledby]')) {
  if (!document.getElementById(element.getAttribute('aria-labelledby'))) faults.push('a label is missing');
}
for (const mark of document.querySelectorAll('ins, del')) {
  const line = getComputedStyle(mark).textDecorationLine;
  if (line !== (mark.tagName === 'INS' ? 'underline' : 'line-through'))
    faults.push(`${mark.tagName} is told by colour alone`);
}
return faults;
"""


class Browser:
    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        options = {
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                f"--user-data-dir={folder}/profile",
            ]
        }
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
        }
        for attempt in range(100):
            try:
                answer = self.call("/session", {"capabilities": {"alwaysMatch": wanted}})
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        else:
            raise SystemExit("Chromium does not start")
        self.session = "/session/" + answer["sessionId"]

    def call(self, path, body=None, method=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.address + path, data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise SystemExit(error.read().decode()[:500])

    def post(self, path, **body):
        return self.call(self.session + path, body)

    def run(self, script, *arguments):
        return self.post("/execute/sync", script=script, args=list(arguments))

    def press(self, key):
        actions = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.post("/actions", actions=[{"type": "key", "id": "keys", "actions": actions}])

    def develop(self, command, **parameters):
        return self.post("/goog/cdp/execute", cmd=command, params=parameters)

    def close(self):
        # Without this Chromium goes on when its driver has ended.
        self.call(self.session, method="DELETE")
        self.driver.kill()
        self.driver.wait()


def check(browser, page, pictures):
    def demand(holds, fault):
        if not holds:
            raise SystemExit(f"{page.name}: {fault}")

    browser.develop("Emulation.setEmulatedMedia", media="screen")
    browser.develop("Emulation.setDeviceMetricsOverride", width=1200, height=900, deviceScaleFactor=1, mobile=False)
    browser.post("/url", url=page.as_uri())
    if pictures:
        picture = base64.b64decode(browser.call(browser.session + "/screenshot"))
        pathlib.Path(pictures, page.stem + ".png").write_bytes(picture)

    for gone, side in (("ins", "old"), ("del", "new")):
        source = page.with_suffix(f".{side}.md")
        if not source.exists():
            continue
        text = browser.run("const section = document.querySelector('#document-1');" + SIDE.replace("arguments[1]", "section"), gone)
        demand(text == source.read_bytes().decode(), f"without {gone} it is not the {side} version")

    faults = browser.run(ACCESS)
    demand(not faults, "; ".join(faults))

    # The first key goes to the link over everything that is not the text, which shows then.
    browser.press("\ue004")
    demand(browser.run("return document.activeElement.className") == "skip", "Tab does not begin at the skip link")
    left = browser.run("return document.activeElement.getBoundingClientRect().left")
    demand(left >= 0, "the skip link does not show")
    changes = browser.run("return document.querySelectorAll('.change').length")
    demand(changes > 0, "nothing changed")
    seen = []
    for key in "n" * min(changes, 5) + "p":
        browser.press(key)
        state = browser.run(
            """const one = document.activeElement, box = one.getBoundingClientRect();
            return [[...document.querySelectorAll('.change')].indexOf(one),
              getComputedStyle(one).outlineStyle, box.bottom > 0 && box.top < innerHeight];"""
        )
        demand(state[1] == "solid", "the change that has the focus is not marked")
        demand(state[2], "the change that has the focus is not in sight")
        seen.append(state[0])
    count = min(changes, 5)
    demand(seen == list(range(count)) + [max(count - 2, 0)], f"n and p go to {seen}")

    browser.develop("Emulation.setDeviceMetricsOverride", width=320, height=640, deviceScaleFactor=1, mobile=False)
    width = browser.run("return document.scrollingElement.scrollWidth")
    demand(width <= 320, f"on a screen of 320 points it is {width} wide")

    browser.develop("Emulation.clearDeviceMetricsOverride")
    browser.develop("Emulation.setEmulatedMedia", media="print")
    shown = browser.run(
        "return ['nav', '.skip', 'main', 'ins', 'del'].map(name => { const one = document.querySelector(name);"
        " return one === null || getComputedStyle(one).display !== 'none'; })"
    )
    demand(shown == [False, False, True, True, True], f"on paper it shows {shown}")
    paper = base64.b64decode(browser.post("/print", shrinkToFit=True))
    pages = len(re.findall(rb"/Type\s*/Page\b", paper))
    demand(paper.startswith(b"%PDF") and pages >= 1, "it cannot be printed")
    if pictures:
        pathlib.Path(pictures, page.stem + ".pdf").write_bytes(paper)

    bad = [entry for entry in browser.post("/se/log", type="browser") if entry["level"] == "SEVERE"]
    demand(not bad, f"the console says {bad}")


def main(folder):
    browser = Browser(folder)
    try:
        pages = sorted(pathlib.Path(folder).glob("*.html"), key=lambda page: int(page.stem))
        for page in pages:
            check(browser, page, os.environ.get("SCREENSHOTS"))
        print(f"{len(pages)} pages")
    finally:
        browser.close()


main(sys.argv[1])
