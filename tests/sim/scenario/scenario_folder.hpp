#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/text/places.hpp"

namespace chokepoint {

/// Texts of files by name.
using Files = std::map<std::string, std::string>;

/// A folder with files, by name, in which the test stands until it ends.
class ScenarioFolder {
public:
  explicit ScenarioFolder(const Files& files);
  ScenarioFolder(const std::string& name, const std::string& text)
      : ScenarioFolder(Files{{name, text}}) {}
  ~ScenarioFolder();
  ScenarioFolder(const ScenarioFolder&) = delete;
  ScenarioFolder& operator=(const ScenarioFolder&) = delete;

private:
  std::filesystem::path before_, folder_;
};

/// What a user would see of `found`.
std::string printed(const Diagnostics& found, const std::string& subject = "x.textproto");

/// What a user would see when `file` is composed; empty where it is right.
std::string compose_report(const std::string& file, const std::vector<Assignment>& sets = {},
                           bool must_run = false);

/// `file` composed; the test fails where there are errors.
Composed composed_file(const std::string& file, const std::vector<Assignment>& sets = {});

/// A text as it was read.
struct ReadText {
  pb::Scenario scenario;
  Places places;
  Diagnostics found;

  /// What a user would see, without the last line that counts.
  std::string report() const;
};

/// Reads `text` under the name "x.textproto", with whatever errors it has.
ReadText read_scenario_text(const std::string& text);

/// "file:line:column".
std::string shown(const SourceLocation& where);

}  // namespace chokepoint
