import RegistrarTestSupport

/// A repository with one record and a change of it that is not committed.
func changedRisk() throws -> TestRepository {
  let history = try TestRepository(
    .commit(
      "First",
      .write(
        "schema/catalogue.yaml",
        """
        catalogue: 1
        title: SEC
        registers:
          risks: {title: Risks, path: 'risks/{id}.yaml', shape: record, schema: risk.schema.json}

        """), .write("schema/risk.schema.json", "{}"),
      .write("registers/risks/R1.yaml", "id: R1\nimpact: 2\n")))
  try history.write("registers/risks/R1.yaml", "id: R1\nimpact: 4\n")
  return history
}
