"""Opens redlines in LibreOffice, accepts and rejects all changes, and compares the paragraphs with those
of the clean documents. Usage: compare.py FOLDER, which holds N.redline.docx, N.old.docx, N.new.docx."""

import os
import pathlib
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def hidden():
    value = PropertyValue()
    value.Name, value.Value = "Hidden", True
    return (value,)


def paragraphs(desktop, context, path, command=None):
    document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, hidden())
    if document is None:
        raise SystemExit(f"{path.name} cannot be opened")
    if command:
        helper = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.DispatchHelper", context
        )
        frame = document.CurrentController.Frame
        helper.executeDispatch(frame, command, "", 0, ())
        if document.Redlines.createEnumeration().hasMoreElements():
            raise SystemExit(f"{path.name}: changes are left after {command}")
    texts = []
    walk = document.Text.createEnumeration()
    while walk.hasMoreElements():
        part = walk.nextElement()
        if part.supportsService("com.sun.star.text.TextTable"):
            # LibreOffice leaves an empty paragraph of one that was taken out in front of a table.
            if texts and texts[-1] == "":
                texts.pop()
            texts.append([part.getCellByName(name).String for name in part.CellNames])
        else:
            texts.append(part.String)
    document.close(True)
    return texts


def main(folder):
    pipe = f"registrar{os.getpid()}"
    office = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            "--nologo",
            f"-env:UserInstallation=file://{folder}/profile",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        for attempt in range(120):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                time.sleep(0.5)
        else:
            raise SystemExit("LibreOffice does not start")
        desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
        count = 0
        known = {}
        for redline in sorted(pathlib.Path(folder).glob("*.redline.docx")):
            number = redline.name.split(".")[0]
            for side, command in (("old", "RejectAllTrackedChanges"), ("new", "AcceptAllTrackedChanges")):
                # The new side of a pair is the old one of the next.
                path = redline.with_name(f"{number}.{side}.docx")
                content = path.read_bytes()
                if content not in known:
                    known[content] = paragraphs(desktop, context, path)
                clean = known[content]
                found = paragraphs(desktop, context, redline, ".uno:" + command)
                if found != clean:
                    for one, two in zip(found + [None], clean + [None]):
                        if one != two:
                            raise SystemExit(
                                f"{redline.name}: after {command} {one!r:.300} stands for {two!r:.300}"
                            )
            count += 1
        print(f"{count} redlines")
        try:
            desktop.terminate()
        except Exception:
            pass
    finally:
        office.kill()
        office.wait()


main(sys.argv[1])
