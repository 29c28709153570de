#include "tools/policy/book.hpp"

#include <array>
#include <utility>

#include "sim/scenario/read_world.hpp"

namespace chokepoint {

std::optional<PolicyBook> read_policy_book(const std::filesystem::path& file, Diagnostics& found) {
  auto composed = compose(file, {}, false, found);
  if (!composed) return std::nullopt;
  return policy_book(std::move(*composed), found);
}

std::optional<PolicyBook> policy_book(Composed composed, Diagnostics& found) {
  auto world = read_catalog(composed, found);
  if (!world) return std::nullopt;
  return PolicyBook{std::move(composed), std::move(*world)};
}

std::string place_of(const PolicyBook& book, const std::string& path,
                     const std::filesystem::path& root) {
  const auto& origins = book.composed.origins.by_path();
  const auto origin = origins.find(path);
  if (origin == origins.end()) return "";
  const SourceLocation& where = origin->second;
  const std::filesystem::path below =
      std::filesystem::path(where.file.str()).lexically_relative(root);
  const bool lies_there = !below.empty() && *below.begin() != "..";
  const std::string file = lies_there ? below.string() : where.file.str();
  return where.line > 0 ? file + ":" + std::to_string(where.line) : file;
}

State state_on(bool enabled, const Validity& validity, Date date) {
  if (!enabled) return State::Off;
  if (date < validity.effective) return State::NotYet;
  if (validity.ended && *validity.ended <= date) return State::Ended;
  return validity.holds_on(date) ? State::InForce : State::Suspended;
}

std::string in_words(State state) {
  constexpr std::array kWords = {"off", "not yet", "in force", "suspended", "ended"};
  return kWords[static_cast<std::size_t>(state)];
}

}  // namespace chokepoint
