"""The chapters of docs/redactie.md as they are followed, step by step in the order of the text.

What is typed is for practice: names that start with "Oefen" exist nowhere else.
"""

import csv
import io

import openpyxl

from tests.manual.editors import code_of

MENU, TABS, LIST = "#nav-sidebar", ".tabs", "#result_list"
CONCEPT, PLACE = "Geïntegreerd breed onthaal", "Blok GBO"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def first_login(walk, editors):
    page = walk.page = editors.stranger()
    with walk.at(1):
        walk.visit("/beheer/")
        walk.fill("Gebruikersnaam", "eindredacteur")
        walk.fill("Wachtwoord", editors.passwords["eindredacteur"])
        walk.press("Meld me aan", picture="aanmelden", around="#content")
    with walk.at(2):
        _link_phone(walk, picture="koppelen")
    with walk.at(3):
        walk.pressed("Druk af")
        walk.see("Druk af")
        walk.see("Bewaar als tekst")
        editors.codes = page.locator(".codes li").all_inner_texts()
        walk.press("Ik heb de codes bewaard, ga verder", picture="herstelcodes", around="#content")
    with walk.at(4):
        walk.press("Je aanmelding", picture="je-aanmelding", around="#header")
        walk.press("Wachtwoord wijzigen")
    with walk.at(5):
        former, own = editors.passwords["eindredacteur"], "vier losse gele stoelen"
        walk.fill("Je huidige wachtwoord", former)
        walk.fill("Nieuw wachtwoord", own)
        walk.fill("Nieuw wachtwoord, nog eens", own)
        walk.press("Wijzig mijn wachtwoord")
        editors.passwords["eindredacteur"] = own
    editors.pages["eindredacteur"] = page
    with walk.worked():
        pass


def _link_phone(walk, picture=""):
    page = walk.page
    walk.fill("Welke zes cijfers toont de app nu?", code_of(page.locator(".sleutel").inner_text()))
    walk.press("Koppel mijn telefoon", picture=picture, around="#content")


def new_concept(walk, editors):
    walk.page = editors.redacteur()
    with walk.at(1):
        walk.press("Nieuw toevoegen", within=MENU)
        walk.press("Concept", within=MENU, picture="nieuw-toevoegen", around=MENU)
    with walk.at(2):
        walk.fill("Naam", "Oefenconcept")
        walk.select("Soort", "project")
        walk.fill("In één zin", "Een concept om mee te oefenen.")
        walk.press("Opslaan", picture="nieuw-concept", around="#content")
    with walk.at(3):
        walk.see("Nog nodig voor publicatie")
        walk.picture("nog-nodig", around=".standing.todo, .tabs")
        walk.search("Beschreven door", "poster")
        walk.fill("Stand van de bronnen", "maart 2023")
        walk.press("Opslaan")
    with walk.at(4):
        walk.press("Teksten", within=TABS)
        walk.press("Tekst toevoegen")
        walk.select("Over", "Wat het is")
        walk.fill("Tekst", "Een oefening voor nieuwe redacteurs.")
        walk.search("Bronnen", PLACE)
        walk.press("Opslaan", picture="tekst", around="#content", more=["Over", "Tekst"])
    with walk.at(5):
        walk.press("Partners", within=TABS)
        walk.press("Partner toevoegen")
        walk.search("Partner", "OCMW")
        walk.select("Rol", "deelnemer")
        walk.search("Bronnen", PLACE)
    with walk.at(6), walk.page.context.expect_page() as opened:
        walk.press("Voorbeeld", within=".submit-row")
    opened.value.close()
    with walk.at(7):
        walk.press("Bewaar en dien in", picture="dien-in", around=".submit-row")
    walk.page = editors.eindredacteur()
    with walk.at(8):
        walk.see("Mijn werk")
        walk.press("Kijk na", picture="mijn-werk", around="#content-main", height=320)
        walk.press("Publiceer versie 1", picture="besluit", around=".beside")
    with walk.worked():
        pass


def typo(walk, editors):
    walk.page = editors.redacteur()
    with walk.at(1):
        walk.press("Concepten en ontwikkelingen", within=MENU)
        walk.press_at(f"{LIST} a:text-is('{CONCEPT}')")
    with walk.at(2):
        walk.see("Wat wil je wijzigen?")
        walk.press("Teksten", within=".to-change", picture="wat-wijzigen", around=".to-change")
    with walk.at(3):
        walk.press_at("#passages-0 summary")
        text = walk.field("Tekst").input_value()
        walk.fill("Tekst", text.replace("lokaal bestuur", "lokale bestuur"))
        walk.press("Bewaar en dien in", picture="tikfout", around="#content", more=["Tekst"])
    walk.page = editors.eindredacteur()
    with walk.at(4):
        walk.see("Mijn werk")
        walk.press("Kijk na")
        walk.fill("Waarom deze versie?", "Een tikfout verbeterd.")
        walk.tick("Kleine verbetering: niet melden aan wie de wijzigingen volgt")
        walk.press("Publiceer versie 2", picture="kleine-verbetering", around=".beside")
    with walk.worked():
        pass


def undo(walk, editors):
    walk.page = editors.redacteur()
    with walk.at(1):
        walk.press("Concepten en ontwikkelingen", within=MENU)
        walk.press_at(f"{LIST} a:text-is('{CONCEPT}')")
    with walk.at(2):
        walk.press("Maak een werkversie van versie 1", picture="terug", around=".versions")
    with walk.at(3):
        walk.press("Bewaar en dien in")
    walk.page = editors.eindredacteur()
    with walk.at(4):
        walk.press("Kijk na")
        walk.press("Publiceer versie 3")
    with walk.worked():
        pass


def merger(walk, editors):
    walk.page = editors.eindredacteur()
    with walk.at(1):
        walk.press("Dienst fuseert, wijzigt of stopt", within=MENU)
    with walk.at(2):
        walk.press("Diensten gaan samen")
        walk.search("Welke diensten nu?", "Afdeling Justitiehuizen")
        walk.search("Welke diensten nu?", "Afdeling Gendergerelateerd Geweld")
        walk.fill("Bestaat ze nog niet?", "Oefenafdeling (OEF)")
    with walk.at(3):
        walk.fill("Vanaf", "1 oktober 2026")
        walk.tick("Is gebeurd")
        walk.search("Bron", PLACE)
        walk.press("Toon wat dit raakt", picture="dienst", around="#content")
    with walk.at(4):
        walk.press("Voer door", picture="dienst-raakt", around="#content")
    with walk.worked():
        pass


def contradiction(walk, editors):
    walk.page = editors.redacteur()
    with walk.at(1):
        walk.press("Nieuw toevoegen", within=MENU)
        walk.press("Tegenspraak", within=MENU)
    with walk.at(2):
        walk.fill("Wat botst", "Oefening: drie partners, of vier?")
        walk.select("Soort", "tegenspraak")
        walk.search("Concepten", CONCEPT)
    with walk.at(3):
        walk.fill("Nota van de redactie", "We oefenen: we volgen de poster.")
    for number, (said, place) in enumerate((("drie", PLACE), ("vier", "2.1.1"))):
        with walk.at(4 + number):
            row = f"#claims-{number}"
            walk.press("Bewering toevoegen")
            walk.fill("Waarde, kort", said, within=row)
            walk.fill("Wat de bron zegt", f"Er zijn {said} partners.", within=row)
            walk.search("Bronnen", place, within=row)
            if not number:
                walk.tick("Deze volgen we", within=row)
    with walk.at(6):
        walk.press("Opslaan", picture="tegenspraak", around="#content")
    with walk.worked():
        pass


def area_table(walk, editors):
    walk.page = editors.eindredacteur()
    with walk.at(1):
        pass
    with walk.at(2):
        walk.press("Tabel van gebieden invoeren", within=MENU)
    with walk.at(3):
        walk.attach("Tabel", _a_town_moves())
        walk.fill("Vanaf", "1/1/2027")
        walk.search("Bron", "Provincies in Cijfers")
        walk.press("Kijk na", picture="tabel-gebieden", around="#content")
    with walk.at(4):
        walk.see("Nog niets ingevoerd.")
        walk.press("Voer in", picture="tabel-gebieden-verslag", around="#content")
    with walk.worked():
        pass


def _a_town_moves():
    """A table as a spreadsheet saves it, in which one municipality goes to another zone."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(["refnis", "naam", "eerstelijnszone"])
    rows.writerow(["11001", "Aartselaar", "RupeLaar"])
    rows.writerow(["11040", "Schoten", "RupeLaar"])
    data = text.getvalue().encode("utf-8-sig")
    return {"name": "gemeenten-2027.csv", "mimeType": "text/csv", "buffer": data}


def table(walk, editors):
    page = walk.page = editors.redacteur()
    with walk.at(1):
        walk.press("Partners", within=MENU)
        walk.press("Tabel: uitvoeren of invoeren", picture="tabel-knop", around="#content")
    with walk.at(2), page.expect_download() as download:
        walk.press("Rekenblad (XLSX)")
    with walk.at(3):
        changed = _one_partner_more(download.value.path())
    with walk.at(4):
        walk.attach("Bestand", changed)
        walk.press("Kijk na", picture="tabel-kijk-na", around="#content")
    with walk.at(5):
        walk.see("Nog niets ingevoerd.")
        walk.press("Voer in", picture="tabel-verslag", around="#content")
    with walk.worked():
        pass


def _one_partner_more(path):
    """The spreadsheet with one row more, like the last one."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book.active
    head = [cell.value for cell in sheet[1]]
    last = dict(zip(head, [cell.value for cell in sheet[sheet.max_row]], strict=True))
    own = {"adres": "oefenpartner", "naam": "Oefenpartner", "partnertype": last["partnertype"]}
    sheet.append([own.get(column) for column in head])
    packed = io.BytesIO()
    book.save(packed)
    return {"name": "partners.xlsx", "mimeType": XLSX, "buffer": packed.getvalue()}


def lost_phone(walk, editors):
    page = walk.page = editors.stranger()
    with walk.at(1):
        walk.visit("/beheer/")
        walk.fill("Gebruikersnaam", "eindredacteur")
        walk.fill("Wachtwoord", editors.passwords["eindredacteur"])
        walk.press("Meld me aan")
    with walk.at(2):
        walk.fill("Code van de app, of herstelcode", editors.codes[0])
        walk.press("Meld me aan", picture="nog-een-stap", around="#content")
    with walk.at(3):
        walk.see("Je meldde je aan met een herstelcode.")
        walk.press("Je aanmelding", within="#header")
        walk.press(
            "Weghalen, bijvoorbeeld voor een nieuwe telefoon", picture="weghalen", around="#content"
        )
    with walk.at(4):
        walk.press("Haal weg")
    with walk.at(5):
        walk.press("Instellen")
        _link_phone(walk)
    with walk.at(6):
        walk.see("Bewaar als tekst")
        walk.press("Ik heb de codes bewaard, ga verder")
    with walk.worked():
        pass
    editors.pages["eindredacteur"] = page


def locked_out(walk, editors):
    page = walk.page = editors.beheerder()
    with walk.at(1):
        walk.press("Accounts", within=MENU)
        walk.press("Gebruikers", within=MENU)
        page.locator("#result_list").get_by_role("link", name="eindredacteur", exact=True).click()
    with walk.at(2):
        walk.press("Wis de tweede stap")
        walk.fill("Je eigen wachtwoord", editors.passwords["beheerder"])
        walk.press("Wis de tweede stap", picture="tweede-stap-wissen", around="#content")
    with walk.worked():
        pass


CHAPTERS = {
    "Je eerste keer aanmelden": first_login,
    "Een nieuw concept in tien minuten": new_concept,
    "Een tikfout in een gepubliceerd concept": typo,
    "Ik publiceerde iets fout": undo,
    "Diensten die samengaan": merger,
    "Een tegenspraak tussen bronnen": contradiction,
    "De jaarlijkse tabel van gebieden": area_table,
    "Een tabel uitvoeren en invoeren": table,
    "Telefoon kwijt": lost_phone,
    "Een collega raakt niet meer binnen": locked_out,
}
