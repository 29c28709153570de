#include "sim/scenario/compose/compose.hpp"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "sim/scenario/compose/edits.hpp"
#include "sim/scenario/compose/shipped_names.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/places.hpp"
#include "sim/scenario/text/read_file.hpp"
#include "sim/scenario/text/read_text.hpp"

namespace chokepoint {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostInChain = 64;  // proto/scenario: Scenario.import.
constexpr std::size_t kMostBytesInAll = 256U << 20U;

const FieldDescriptor& scenario_field(const char* name) {
  return *pb::Scenario::descriptor()->FindFieldByName(name);
}

/// A file as the user knows it, and as itself.
struct FileName {
  std::string shown;
  fs::path identity;
};

FileName file_name(const fs::path& path) {
  std::error_code ignored;
  const fs::path identity = fs::weakly_canonical(path, ignored);
  return {path.string(), identity.empty() ? path : identity};
}

/// What one file says: of the world, and of how it changes its base.
struct SourceText {
  pb::Scenario content;  ///< Without its instructions.
  Places places;
  pb::Scenario instructions;  ///< import, base, remove, set.
  Places instruction_places;

  /// Of every element of an instruction, in order.
  std::vector<Places*> places_of(const char* field) {
    std::vector<Places*> found;
    for (auto& place : instruction_places.inside) {
      if (place.field == &scenario_field(field) && !place.empty_list) found.push_back(&place);
    }
    return found;
  }
};

void split_off_instructions(SourceText& text) {
  for (const char* name : {"import", "base", "remove", "set"}) {
    const auto& field = scenario_field(name);
    text.content.GetReflection()->SwapFields(&text.content, &text.instructions, {&field});
    for (auto& place : text.places.inside) {
      if (place.field == &field) text.instruction_places.inside.push_back(std::move(place));
    }
    forget(text.places, field);
  }
}

// Place of a text inside an instruction; the instruction's where the text is not written.
SourceLocation inner_place(Places& instruction, const char* inner) {
  const auto* name = instruction.field->message_type()->FindFieldByName(inner);
  const Places* place = find_place(instruction, *name);
  return place == nullptr ? instruction.where : place->where;
}

class Composition {
public:
  explicit Composition(Diagnostics& found) : found_(found) {}

  /// The file that is composed patches `base` where it names none.
  void patch(const fs::path& base) { default_base_ = base; }

  /// Adds the file at `path` behind everything that it needs. The first file added is the one
  /// composed.
  void add(const fs::path& path, const SourceLocation& asked_by);
  void apply(const std::vector<Assignment>& sets);
  void require_what_a_run_needs(const std::string& shown);
  Composed finish(const std::string& shown);

private:
  bool is_misspelt(const fs::path& path, const std::string& shown, const SourceLocation& asked_by);
  bool closes_cycle(const FileName& file, const SourceLocation& asked_by);
  bool is_too_deep(const FileName& file, const SourceLocation& asked_by);
  bool is_too_much(const std::string& text, const FileName& file, const SourceLocation& asked_by);
  bool may_go_on() const { return !found_.is_full() && !is_over_; }
  void add_base(SourceText& text, const fs::path& folder);
  void add_imports(SourceText& text, const fs::path& folder);
  void merge_content(SourceText& text);
  void follow_removals(SourceText& text);
  void follow_sets(SourceText& text);
  bool is_top() const { return chain_.size() == 1; }

  Diagnostics& found_;
  pb::Scenario scenario_;
  Places places_;
  std::vector<FileName> chain_;  ///< Files that are being added, each because of the one before.
  std::set<fs::path> added_;
  std::size_t values_ = 0;  ///< In all files and sets so far.
  std::size_t bytes_ = 0;   ///< Of all files so far.
  bool is_over_ = false;    ///< More was there than is read in all, and was reported.
  std::map<std::string, SourceLocation> removals_;
  std::optional<fs::path> default_base_;
  std::optional<pb::Scenario> reference_;  ///< What changes are told against.
  std::string base_;
  bool has_own_name_ = false, has_own_question_ = false;
  bool is_sound_ = false;  ///< Everything below the file composed could be read.
};

void Composition::add(const fs::path& path, const SourceLocation& asked_by) {
  const FileName file = file_name(path);
  if (is_misspelt(path, file.shown, asked_by)) return;
  if (closes_cycle(file, asked_by) || added_.count(file.identity) > 0) return;
  if (is_too_deep(file, asked_by)) return;
  added_.insert(file.identity);
  const auto content = read_file(path, file.shown, asked_by, found_);
  if (!content || is_too_much(*content, file, asked_by)) return;

  SourceText text;
  values_ += read_text(*content, file.shown, text.content, text.places, found_, {0, values_});
  if (values_ == kMostValues && found_.has_errors()) is_over_ = true;
  if (is_over_) return;
  split_off_instructions(text);
  chain_.push_back(file);
  const std::size_t before = found_.errors();
  add_base(text, path.parent_path());
  add_imports(text, path.parent_path());
  const bool is_sound = found_.errors() == before;
  if (is_sound) follow_removals(text);  // Else what is to be removed may be what could not be read.
  merge_content(text);
  if (is_sound) follow_sets(text);
  if (is_top()) is_sound_ = is_sound;
  chain_.pop_back();
}

bool Composition::is_misspelt(const fs::path& path, const std::string& shown,
                              const SourceLocation& asked_by) {
  std::error_code none;
  if (fs::exists(fs::symlink_status(path, none))) return false;
  const std::string near = nearest_file(path);
  if (near.empty()) return false;  // Reading it says what is wrong.
  const bool itself = asked_by.line == 0;
  found_.error(asked_by, itself ? "no such file" : concat(in_quotes(shown), ": no such file"),
               concat("did you mean ", in_quotes(near), "?"));
  return true;
}

bool Composition::closes_cycle(const FileName& file, const SourceLocation& asked_by) {
  const auto first = std::ranges::find(chain_, file.identity, &FileName::identity);
  if (first == chain_.end()) return false;
  std::string names;
  for (auto link = first; link != chain_.end(); ++link) names += link->shown + " -> ";
  found_.error(asked_by, concat(in_quotes(file.shown), " needs itself: ", names, file.shown),
               "take one of these imports or bases away");
  return true;
}

bool Composition::is_too_deep(const FileName& file, const SourceLocation& asked_by) {
  if (chain_.size() < kMostInChain) return false;
  found_.error(asked_by,
               concat("a chain of more than ", std::to_string(kMostInChain),
                      " imports and bases leads to ", in_quotes(file.shown)),
               "let one file import the others side by side");
  return true;
}

bool Composition::is_too_much(const std::string& text, const FileName& file,
                              const SourceLocation& asked_by) {
  bytes_ += text.size();
  if (bytes_ <= kMostBytesInAll) return false;
  is_over_ = true;
  found_.error(asked_by,
               concat("with ", in_quotes(file.shown), " all files together are larger than ",
                      std::to_string(kMostBytesInAll >> 20U), " MiB"),
               "leave out what the question does not need");
  return true;
}

void Composition::add_base(SourceText& text, const fs::path& folder) {
  if (!text.instructions.has_base() && default_base_ && is_top()) {
    add(*default_base_, {chain_.back().shown, 0, 0});
    text.instructions.set_base(default_base_->string());  // What it adds to lists patches them.
    reference_ = scenario_;
    base_ = default_base_->string();
    return;
  }
  if (!text.instructions.has_base()) return;
  const fs::path base = meant_file(folder, text.instructions.base());
  const auto asked_by = text.places_of("base").front()->where;
  if (text.instructions.base().empty()) {
    found_.error(asked_by, "base is empty",
                 "name the file that this one patches, or take the line away");
    return;
  }
  add(base, asked_by);
  if (!is_top()) return;
  reference_ = scenario_;
  base_ = scenario_.name().empty() ? base.string() : scenario_.name();
}

void Composition::add_imports(SourceText& text, const fs::path& folder) {
  const auto places = text.places_of("import");
  for (int i = 0; i < text.instructions.import_size() && may_go_on(); ++i) {
    const std::string& import = text.instructions.import(i);
    const auto& asked_by = places[static_cast<std::size_t>(i)]->where;
    if (import.empty()) {
      found_.error(asked_by, "import is empty", "name a file");
      continue;
    }
    add(meant_file(folder, import), asked_by);
  }
}

void Composition::follow_removals(SourceText& text) {
  const auto places = text.places_of("remove");
  for (int i = 0; i < text.instructions.remove_size() && may_go_on(); ++i) {
    Places& place = *places[static_cast<std::size_t>(i)];
    const RemovalPlaces at{inner_place(place, "kind"), inner_place(place, "name")};
    const auto path = remove_element({scenario_, places_}, text.instructions.remove(i), at, found_);
    if (path) removals_[*path] = place.where;
  }
}

void Composition::merge_content(SourceText& text) {
  if (is_top()) {
    has_own_name_ = !text.content.name().empty();
    has_own_question_ = !text.content.question().empty();
  }
  const Located content{text.content, text.places};
  check_names_differ(content, found_);
  merge({scenario_, places_}, content,
        text.instructions.has_base() ? OnKnownName::Patch : OnKnownName::Report, found_);
}

void Composition::follow_sets(SourceText& text) {
  const auto places = text.places_of("set");
  for (int i = 0; i < text.instructions.set_size() && may_go_on(); ++i) {
    const pb::Set& set = text.instructions.set(i);
    Places& place = *places[static_cast<std::size_t>(i)];
    values_ +=
        assign({scenario_, places_}, {set.path(), set.value()},
               {inner_place(place, "path"), inner_place(place, "value"), false, values_}, found_);
  }
}

void Composition::apply(const std::vector<Assignment>& sets) {
  if (!is_sound_ || sets.empty()) return;
  if (!reference_) reference_ = scenario_;
  for (const auto& set : sets) {
    const SourceLocation argument{set.flag, 0, 0};
    assign({scenario_, places_}, set, {argument, argument, true}, found_);
  }
}

void Composition::require_what_a_run_needs(const std::string& shown) {
  if (added_.empty() || !is_sound_) return;
  const auto require = [&](bool given, const char* field, const char* help) {
    if (given) return;
    found_.error({shown, 0, 0}, concat(field, " is missing"), help);
  };
  const bool patch = !base_.empty();
  // What a --set emptied is missing as well.
  require(has_own_name_ && !scenario_.name().empty(), "name",
          patch ? "a patch has a name of its own" : "the file's stem is a good name");
  require(has_own_question_ && !scenario_.question().empty(), "question",
          "say in a sentence what the run is to answer");
  require(!scenario_.start().empty(), "start", "give the first day, such as \"2025-01-01\"");
  require(!scenario_.end().empty(), "end", "give the first day after the last");
}

Composed Composition::finish(const std::string& shown) {
  Composed composed;
  composed.scenario = std::move(scenario_);
  composed.origins = origins_of(composed.scenario, std::move(places_), {shown, 0, 0});
  composed.base = base_;
  if (reference_) composed.changes = changes_since(*reference_, composed, removals_);
  return composed;
}

}  // namespace

double value_of(const pb::Sourced& figure, const StandIns& stand_ins) {
  const auto found = stand_ins.find(&figure);
  return found == stand_ins.end() ? figure.value() : found->second;
}

std::optional<Assignment> parse_assignment(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return std::nullopt;
  return Assignment{text.substr(0, equals), text.substr(equals + 1)};
}

std::optional<Composed> compose(const fs::path& file, const std::vector<Assignment>& sets,
                                bool must_run, Diagnostics& found) {
  Composition composition(found);
  const std::string shown = file.string();
  composition.add(file, {shown, 0, 0});
  composition.apply(sets);
  if (must_run) composition.require_what_a_run_needs(shown);
  if (found.has_errors()) return std::nullopt;
  return composition.finish(shown);
}

std::optional<Composed> compose_over(const fs::path& base, const fs::path& file,
                                     Diagnostics& found) {
  Composition composition(found);
  composition.patch(base);
  composition.add(file, {file.string(), 0, 0});
  if (found.has_errors()) return std::nullopt;
  return composition.finish(file.string());
}

Composed composed_from(pb::Scenario scenario, const std::string& file) {
  Composed composed;
  composed.scenario = std::move(scenario);
  composed.origins = Origins::ByPath{{"", {file, 0, 0}}};
  return composed;
}

}  // namespace chokepoint
