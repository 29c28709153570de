// The reader in Python, run by the interpreter whose packages Debian has.

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/paths.hpp"
#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/tools/export/hostile_trace.hpp"

namespace chokepoint {
namespace {

/// What a script prints, with the reader at hand; its complaints where it fails.
std::string python(const std::string& script, const called::Folder& folder) {
  std::ofstream(folder.path() / "script.py")
      << "import sys\nsys.path.insert(0, '" << source_dir() + "/tools/python"
      << "')\nimport chokepoint_trace\n"
      << script;
  const auto said = called::chokepoint("--version >version; /usr/bin/python3 -B script.py", folder);
  return said.exit_code == 0 ? said.out : said.err;
}

TEST_CASE("python reader: facts come back with their kinds, moments and fields",
          "[trace][python]") {
  const called::Folder folder;
  write_trace(folder.path() / "t", one_of_every_kind());
  const std::string said = python(
      "trace = chokepoint_trace.Trace('t')\n"
      "facts = list(trace.facts())\n"
      "print(trace.manifest.scenario.name, len(facts), trace.truncated, facts[-1].kind)\n"
      "for fact in trace.facts(['counter']):\n"
      "    print(fact.time.date(), fact.values, trace.tracks()[fact.track])\n",
      folder);
  CHECK(said == "small " + std::to_string(one_of_every_kind().size()) +
                    " False end\n"
                    "2025-02-03 {'counter': 'supply_stock', 'unit': 'packages', "
                    "'subject': 'line_a', 'value': 0.25} supply > line_a > supply_stock\n");
}

TEST_CASE("python reader: a cut trace is read to its last whole packet, and says so",
          "[trace][python]") {
  const called::Folder folder;
  write_trace(folder.path() / "t", one_of_every_kind());
  const std::string bytes = read_bytes(folder.path() / "t");
  write_bytes(folder.path() / "t", bytes.substr(0, bytes.size() - 1));
  const std::string said = python(
      "trace = chokepoint_trace.Trace('t')\n"
      "print(len(list(trace.facts())), trace.truncated)\n"
      "try:\n"
      "    chokepoint_trace.Trace('script.py')\n"
      "except chokepoint_trace.NotATrace as why:\n"
      "    print(why)\n",
      folder);
  CHECK(said == std::to_string(one_of_every_kind().size() - 1) +
                    " True\nscript.py: no packet begins at byte 0\n");
}

TEST_CASE("python reader: hostile names stay text", "[trace][python]") {
  const called::Folder folder;
  write_hostile_trace(folder.path() / "t");
  const std::string said = python(
      "names = [row['order'] for row in chokepoint_trace.Trace('t').rows('delivery_due')]\n"
      "print(len(names), len(names[-1]), repr(names[0]))\n",
      folder);
  CHECK(said == std::to_string(hostile_names().size()) + " 10000 \"=cmd|' /C calc'!A0\"\n");
}

TEST_CASE("python reader: the example makes a pandas table", "[trace][python]") {
  const called::Folder folder;
  write_trace(folder.path() / "t", one_of_every_kind());
  const auto said = called::chokepoint("--version >version; /usr/bin/python3 -B '" + source_dir() +
                                           "/tools/python/refusals_by_month.py" + "' t",
                                       folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("us_rule + cn_rule") != std::string::npos);
  CHECK(said.out.find("training_h100e") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
