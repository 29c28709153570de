#include "tools/commands/options/policy_options.hpp"

#include <algorithm>
#include <cctype>
#include <iostream>

#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/text/characters.hpp"
#include "sim/scenario/text/iso_3166.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/console/locate.hpp"
#include "tools/policy/words.hpp"

namespace chokepoint {
namespace {

const std::vector<std::string>& stage_words() {
  static const std::vector<std::string> words = {"offered", "in-flight", "installed"};
  return words;
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = nearest(lowercase(word), known);
  return near.empty() ? "known: " + name_list(known, 100) : "did you mean '" + near + "'?";
}

std::optional<std::vector<BuyerClassId>> classes_of(const std::vector<std::string>& words,
                                                    const World& world) {
  std::vector<BuyerClassId> ids;
  for (const auto& word : words) {
    const auto& known = world.buyer_classes;
    const auto found = std::ranges::find(known, lowercase(word));
    if (found == known.end()) {
      complain("no class of buyers " + in_quotes(word), did_you_mean(word, known));
      return std::nullopt;
    }
    ids.push_back(BuyerClassId{static_cast<std::uint32_t>(found - known.begin())});
  }
  return ids;
}

std::optional<Country> given(const std::string& code) {
  return code.empty() ? std::nullopt : std::optional(country_of(code));
}

}  // namespace

std::optional<ShipmentRoute> route_of(const RouteOptions& options, const World& world) {
  ShipmentRoute route;
  route.to = country_of(options.to);
  route.from = given(options.from);
  route.buyer_headquarters = given(options.buyer_headquarters);
  route.packaged_in = given(options.packaged_in);
  if (!options.category.empty()) route.category = category_of(options.category);
  const auto& stages = stage_words();
  route.state =
      static_cast<ShipmentState>(std::ranges::find(stages, options.stage) - stages.begin());
  const auto classes = classes_of(options.buyer_classes, world);
  if (!classes) return std::nullopt;
  route.buyer_classes = *classes;
  route.buyer_owned_by_listed = options.buyer_owned_by_listed;
  if (!options.buyer.empty() && !(route.buyer = org_of(options.buyer, world))) {
    return std::nullopt;
  }
  if (!options.packager.empty() && !(route.packager = org_of(options.packager, world))) {
    return std::nullopt;
  }
  return route;
}

std::optional<OrgId> org_of(const std::string& name, const World& world) {
  std::vector<std::string> known;
  known.reserve(world.orgs.size());
  for (std::uint32_t i = 0; i < world.orgs.size(); ++i) {
    const Org& org = world.orgs[i];
    if (lowercase(org.name) == lowercase(name) || lowercase(org.display) == lowercase(name))
      return OrgId{i};
    known.push_back(org.name);
  }
  const std::string near = nearest(lowercase(name), known);
  complain("no org " + in_quotes(name),
           near.empty() ? "see 'chokepoint catalog list orgs'" : "did you mean '" + near + "'?");
  return std::nullopt;
}

std::filesystem::path policy_file(const std::string& given, const std::filesystem::path& root) {
  if (!given.empty()) return locate_scenario(given, root);
  return root / "scenarios" / "policy" / "policy.textproto";
}

std::optional<PolicyBook> load_policy(const std::filesystem::path& file,
                                      const std::filesystem::path& overlay) {
  Diagnostics found;
  auto composed =
      overlay.empty() ? compose(file, {}, false, found) : compose_over(file, overlay, found);
  auto book = composed ? policy_book(std::move(*composed), found) : std::nullopt;
  if (!found.items().empty()) print(std::cerr, found, file.string());
  return book;
}

std::string is_country(const std::string& text) {
  if (text.size() == 2 && is_iso_country(country_of(text).text())) return "";
  return in_quotes(text) + " is not the code of a country in ISO 3166-1; " + country_help(text);
}

std::string is_stage(const std::string& text) {
  const auto& words = stage_words();
  if (std::ranges::find(words, text) != words.end()) return "";
  return "no stage '" + text + "'; " + did_you_mean(text, words);
}

std::string is_category(const std::string& text) {
  if (category_of(text)) return "";
  return "no category '" + text + "'; " + did_you_mean(text, category_words());
}

Country country_of(const std::string& code) {
  const auto upper = [](char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  };
  return Country(std::string{upper(code[0]), upper(code[1])});
}

}  // namespace chokepoint
