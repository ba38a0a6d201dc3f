package import Diagnostics

extension Explanation {
  /// The pages on comma-separated values.
  package static let csv: [Explanation] = [
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
