package import Diagnostics

extension Explanation {
  /// The pages on comma-separated values.
  package static let csv: [Explanation] = [
    Explanation(
      .emptyRow,
      what: "A row without a value stands between others.",
      why:
        "It is no record; what stood there may have been lost. At the end of a table it means nothing.",
      mend: "Remove the row.",
      bad: """
        id,name
        ,
        P1,A Party
        """,
      good: """
        id,name
        P1,A Party
        """
    ),
    Explanation(
      .formula, severity: .warning,
      what: "A cell has the formula of a spreadsheet.",
      why: "A table keeps values: nobody computes the formula, and other spreadsheets run it.",
      mend: "Write the value.",
      bad: "P1,=A1+B1",
      good: "P1,12"
    ),
    Explanation(
      .spreadsheetError, severity: .warning,
      what: "A cell has the error of a spreadsheet.",
      why: "It says that a formula found no value, and is none.",
      mend: "Write the value, or leave the cell empty.",
      bad: "P1,#REF!",
      good: "P1,"
    ),
    Explanation(
      .emptyCSV,
      what: "A table is empty.",
      why: "Without the names of the columns its cells mean nothing.",
      mend: "Write the names of the columns in the first line.",
      bad: "",
      good: "id,name"
    ),
    Explanation(
      .emptyColumn,
      what: "A column has no name.",
      why: "Its cells belong to no field.",
      mend: "Name the column, or remove the comma.",
      bad: "id,,name",
      good: "id,title,name"
    ),
    Explanation(
      .duplicateColumn,
      what: "Two columns have the same name.",
      why: "A field has one value.",
      mend: "Rename or remove one of the two.",
      bad: "id,name,name",
      good: "id,name,category"
    ),
    Explanation(
      .wrongSeparator,
      what: "The columns are separated by something else than commas.",
      why: """
        Programs set to another language save tables with semicolons; nothing else reads \
        them as columns.
        """,
      mend: "Save the file as comma-separated values.",
      bad: "id;name",
      good: "id,name"
    ),
    Explanation(
      .titleLine,
      what: "The first line of a table is a title, or a note for a spreadsheet.",
      why: "The first line names the columns; without their names the cells mean nothing.",
      mend: "Remove the line.",
      bad: """
        Parties of the code
        id,name
        P1,One
        """,
      good: """
        id,name
        P1,One
        """
    ),
    Explanation(
      .outerSpace, severity: .warning,
      what: "A cell has spaces before or after its text.",
      why: "They are part of the text, and who searches for the text does not find it.",
      mend: "Remove them; where they are meant, put the cell in double quotes.",
      bad: "P1, British Gas",
      good: "P1,British Gas"
    ),
    Explanation(
      .extraCell,
      what: "A row has more cells than there are columns.",
      why: "Most often a text with a comma lacks its quotes, and all cells after it slip.",
      mend: "Put texts with commas in double quotes.",
      bad: "P1,Lane, David",
      good: "P1,\"Lane, David\""
    ),
    Explanation(
      .missingCell,
      what: "A row has fewer cells than there are columns.",
      why: "Its last cells may have slipped.",
      mend: "Write a comma for each empty cell.",
      bad: "P1",
      good: "P1,"
    ),
    Explanation(
      .looseQuote,
      what: "A double quote stands inside a cell.",
      why: "Quotes surround a whole cell; one inside of it is written twice.",
      mend: "Put the whole cell in double quotes and write the quote twice.",
      bad: "P1,the \"big\" one",
      good: "P1,\"the \"\"big\"\" one\""
    ),
    Explanation(
      .unclosedCell,
      what: "A double quote is never closed.",
      why: "All rows that follow would be part of the cell.",
      mend: "Add the closing quote.",
      bad: "P1,\"open",
      good: "P1,\"open\""
    ),
  ]
}
