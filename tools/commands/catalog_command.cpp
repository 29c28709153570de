#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/catalog/check.hpp"
#include "tools/catalog/entries.hpp"
#include "tools/catalog/entry_text.hpp"
#include "tools/commands/commands.hpp"

namespace chokepoint {
namespace {

struct CatalogOptions {
  std::string kind;
  std::string name;
  bool json = false;
};

/// What reading the shipped catalogue gave: the catalogue, or the exit code after a report.
struct Loaded {
  std::optional<Catalog> catalog;
  int exit_code = 0;
};

/// Reads the shipped catalogue; prints everything that is wrong. References that lead nowhere count
/// as `broken`, a file that cannot be read as bad input.
Loaded load(const std::filesystem::path& root, int broken) {
  const auto file = root / "scenarios" / "catalog" / "catalog.textproto";
  Diagnostics found;
  const auto composed = compose(file, {}, false, found);
  auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  if (!found.items().empty()) print(std::cerr, found, file.string());
  if (!composed) return {std::nullopt, kBadInput};
  if (!world) return {std::nullopt, broken};
  return {Catalog{composed->scenario, std::move(*world)}, 0};
}

std::string is_kind(const std::string& word) {
  if (catalog_kind(word)) return "";
  const std::string near = nearest(word, catalog_kinds());
  return "no kind " + in_quotes(word) + " in the catalogue; " +
         (near.empty() ? fmt::format("known: {}", fmt::join(catalog_kinds(), ", "))
                       : "did you mean '" + near + "'?");
}

/// True where there is an entry of that name; else says so.
bool is_entry(const Catalog& catalog, const std::string& kind, const std::string& name) {
  const auto names = entry_names(catalog, kind);
  if (std::ranges::find(names, name) != names.end()) return true;
  const std::string near = nearest(name, names);
  complain(
      "no " + in_quotes(name) + " among the " + kind + " of the catalogue",
      near.empty() ? "see 'chokepoint catalog list " + kind + "'" : "did you mean '" + near + "'?");
  return false;
}

int list_entries(const CatalogOptions& options, const std::filesystem::path& root) {
  const auto loaded = load(root, kBadInput);
  if (!loaded.catalog) return loaded.exit_code;
  const std::string kind = catalog_kind(options.kind).value();
  std::cout << (options.json ? catalog_list_json(*loaded.catalog, kind)
                             : catalog_list(*loaded.catalog, kind));
  return 0;
}

int show_entry(const CatalogOptions& options, const std::filesystem::path& root) {
  const auto loaded = load(root, kBadInput);
  if (!loaded.catalog) return loaded.exit_code;
  const std::string kind = catalog_kind(options.kind).value();
  if (!is_entry(*loaded.catalog, kind, options.name)) return kUsage;
  std::cout << (options.json ? entry_json(*loaded.catalog, kind, options.name)
                             : entry_text(*loaded.catalog, kind, options.name));
  return 0;
}

int check_catalog(const CatalogOptions& options, const std::filesystem::path& root) {
  const auto loaded = load(root, kFinding);
  if (!loaded.catalog) return loaded.exit_code;
  const CatalogReview result = review(*loaded.catalog);
  std::cout << (options.json ? review_json(result) : review_text(result));
  return 0;
}

}  // namespace

void add_catalog_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<CatalogOptions>();
  auto* command = app.add_subcommand("catalog", "What is known of devices, servers and models");
  command->require_subcommand(1);
  const auto add = [&](const std::string& verb, const std::string& what) {
    auto* added = command->add_subcommand(verb, what);
    added->add_flag("--json", options->json, "Print JSON");
    return added;
  };

  auto* list = add("list", "A line per entry of a kind");
  list->add_option("KIND", options->kind, "Such as devices")->required()->check(is_kind);
  list->callback([=, &outcome] { outcome.exit_code = list_entries(*options, root_of(*list)); });

  auto* show = add("show", "All there is of one entry, with sources and alternatives");
  show->add_option("KIND", options->kind, "Such as device")->required()->check(is_kind);
  show->add_option("NAME", options->name, "Such as hw_ascend_910c")->required();
  show->callback([=, &outcome] { outcome.exit_code = show_entry(*options, root_of(*show)); });

  auto* sources = add("sources", "Where figures come from, and how many rest on each");
  sources->callback([=, &outcome] {
    options->kind = "sources";
    outcome.exit_code = list_entries(*options, root_of(*sources));
  });

  auto* check = add("check", "Check every figure's source, compare TPP with what is published");
  check->callback([=, &outcome] { outcome.exit_code = check_catalog(*options, root_of(*check)); });
}

}  // namespace chokepoint
