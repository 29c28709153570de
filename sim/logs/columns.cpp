#include "sim/logs/columns.hpp"

#include <algorithm>
#include <cctype>
#include <span>

namespace chokepoint {
namespace {

constexpr std::array<std::string_view, kLogRoles> kRoleNames = {
    "arrival", "prompt", "output", "blocks", "session", "parent", "turn"};

constexpr std::array<std::string_view, 4> kUnitNames = {"s", "ms", "us", "ns"};

constexpr std::size_t kAfterAll = 1000;  // Rank behind all names of a role.

// Names that logs use, without what separates words. Better ones first.
constexpr std::string_view kArrivals[] = {"arrivaltime",
                                          "arrivaltimestamp",
                                          "arrivedat",
                                          "arrival",
                                          "timestamp",
                                          "requesttime",
                                          "requesttimestamp",
                                          "submittime",
                                          "submittedat",
                                          "sessionstartat",
                                          "startedat",
                                          "starttimestamp",
                                          "starttime",
                                          "sendtime",
                                          "sentat",
                                          "createdat",
                                          "createdtime",
                                          "created",
                                          "datetime",
                                          "invocationtime",
                                          "time",
                                          "start",
                                          "ts",
                                          "t"};
constexpr std::string_view kPrompts[] = {"inputlength",
                                         "inputtokens",
                                         "inputtoks",
                                         "inputlen",
                                         "numinputtokens",
                                         "inputtokencount",
                                         "inputtokenlength",
                                         "inputnumtokens",
                                         "inputsequencelength",
                                         "inputsize",
                                         "isl",
                                         "prompttokens",
                                         "promptlength",
                                         "promptlen",
                                         "promptsize",
                                         "prompttoks",
                                         "numprompttokens",
                                         "prompttokencount",
                                         "promptnumtokens",
                                         "contexttokens",
                                         "numcontexttokens",
                                         "contextlength",
                                         "requesttokens",
                                         "requestlength",
                                         "numprefilltokens",
                                         "prefilltokens",
                                         "prefilllength",
                                         "prefilllen",
                                         "numtokensprompt",
                                         "tokensin",
                                         "ntokensin",
                                         "querytokens"};
constexpr std::string_view kOutputs[] = {"outputlength",
                                         "outputtokens",
                                         "outputtoks",
                                         "outputlen",
                                         "numoutputtokens",
                                         "outputtokencount",
                                         "outputtokenlength",
                                         "outputnumtokens",
                                         "outputsequencelength",
                                         "outputsize",
                                         "osl",
                                         "completiontokens",
                                         "completionlength",
                                         "completionlen",
                                         "numcompletiontokens",
                                         "generatedtokens",
                                         "numgeneratedtokens",
                                         "generationtokens",
                                         "generationlength",
                                         "gentokens",
                                         "genlen",
                                         "responsetokens",
                                         "responselength",
                                         "responselen",
                                         "numdecodetokens",
                                         "decodetokens",
                                         "decodelength",
                                         "decodelen",
                                         "numtokensoutput",
                                         "tokensout",
                                         "ntokensout",
                                         "answertokens",
                                         "tokensize"};
constexpr std::string_view kBlocks[] = {"hashids",       "blockhashids", "blockhashes",
                                        "prefixhashids", "prefixhashes", "blockids",
                                        "hashes"};
constexpr std::string_view kSessions[] = {"sessionid", "conversationid", "convid", "chatid",
                                          "dialogid",  "threadid",       "session"};
constexpr std::string_view kParents[] = {"parentchatid", "parentid"};
constexpr std::string_view kTurns[] = {"turn", "turnid", "turnindex", "sessionturnindex", "round"};

struct RoleNames {
  LogRole role;
  std::span<const std::string_view> names;
};
constexpr RoleNames kKnown[] = {{LogRole::Arrival, kArrivals}, {LogRole::Prompt, kPrompts},
                                {LogRole::Output, kOutputs},   {LogRole::Blocks, kBlocks},
                                {LogRole::Session, kSessions}, {LogRole::Parent, kParents},
                                {LogRole::Turn, kTurns}};

struct UnitSuffix {
  std::string_view suffix;
  TimeUnit unit;
};
constexpr UnitSuffix kSuffixes[] = {
    {"ms", TimeUnit::Millisecond},     {"msec", TimeUnit::Millisecond},
    {"millis", TimeUnit::Millisecond}, {"milliseconds", TimeUnit::Millisecond},
    {"us", TimeUnit::Microsecond},     {"usec", TimeUnit::Microsecond},
    {"micros", TimeUnit::Microsecond}, {"microseconds", TimeUnit::Microsecond},
    {"ns", TimeUnit::Nanosecond},      {"nsec", TimeUnit::Nanosecond},
    {"nanos", TimeUnit::Nanosecond},   {"nanoseconds", TimeUnit::Nanosecond},
    {"s", TimeUnit::Second},           {"sec", TimeUnit::Second},
    {"secs", TimeUnit::Second},        {"seconds", TimeUnit::Second}};

/// In small letters, without what separates words; "timestamp (ms)" is "timestampms".
std::string plain(std::string_view name) {
  std::string made;
  for (const char c : name) {
    if (c == ' ' || c == '_' || c == '-' || c == '.' || c == '(' || c == ')' || c == '[' ||
        c == ']' || c == '#') {
      continue;
    }
    made += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return made;
}

std::optional<std::size_t> rank_in(std::span<const std::string_view> names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

ColumnMeaning meaning_of_arrival(std::string_view name) {
  if (const auto rank = rank_in(kArrivals, name)) return {LogRole::Arrival, std::nullopt, *rank};
  for (const UnitSuffix& unit : kSuffixes) {
    if (!name.ends_with(unit.suffix)) continue;
    const auto rank = rank_in(kArrivals, name.substr(0, name.size() - unit.suffix.size()));
    if (rank) return {LogRole::Arrival, unit.unit, *rank};
  }
  return {};
}

}  // namespace

std::string_view name(LogRole role) {
  return kRoleNames[static_cast<std::size_t>(role)];
}

std::optional<LogRole> log_role_named(std::string_view name) {
  const auto rank = rank_in(kRoleNames, name);
  return rank ? std::optional(static_cast<LogRole>(*rank)) : std::nullopt;
}

std::string_view name(TimeUnit unit) {
  return kUnitNames[static_cast<std::size_t>(unit)];
}

std::optional<TimeUnit> time_unit_named(std::string_view name) {
  const auto rank = rank_in(kUnitNames, name);
  return rank ? std::optional(static_cast<TimeUnit>(*rank)) : std::nullopt;
}

std::optional<TimeUnit> time_unit_meant(std::string_view word) {
  const auto* found = std::ranges::find(kSuffixes, word, &UnitSuffix::suffix);
  return found == std::end(kSuffixes) ? std::nullopt : std::optional(found->unit);
}

ColumnMeaning meaning_of(std::string_view name, const NamedColumns& named) {
  const std::string word = plain(name);
  for (const auto& [role, column] : named) {
    if (plain(column) == word) return {role, meaning_of_arrival(word).unit, 0};
  }
  ColumnMeaning meaning = meaning_of_arrival(word);
  for (const RoleNames& known : kKnown) {
    const auto rank = rank_in(known.names, word);
    if (rank) meaning = {known.role, meaning.unit, *rank};
  }
  if (!meaning.role) {
    if (const auto role = log_role_named(word)) meaning = {role, std::nullopt, kAfterAll};
  }
  if (meaning.role && named.count(*meaning.role) > 0) return {};
  return meaning;
}

ColumnChoice chosen_columns(const std::vector<std::string>& names, const NamedColumns& named) {
  ColumnChoice choice;
  std::array<std::size_t, kLogRoles> ranks{};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const ColumnMeaning meaning = meaning_of(names[i], named);
    if (!meaning.role) continue;
    const auto role = static_cast<std::size_t>(*meaning.role);
    if (choice.by_role[role] && ranks[role] <= meaning.rank) continue;
    choice.by_role[role] = ColumnChoice::Column{names[i], i, meaning.unit};
    ranks[role] = meaning.rank;
  }
  return choice;
}

std::optional<std::size_t> repeated_column(const std::vector<std::string>& names,
                                           const NamedColumns& named) {
  for (std::size_t i = 1; i < names.size(); ++i) {
    const auto end = names.begin() + static_cast<std::ptrdiff_t>(i);
    const bool is_there = std::any_of(names.begin(), end, [&](const std::string& before) {
      return plain(before) == plain(names[i]);
    });
    if (is_there && meaning_of(names[i], named).role) return i;
  }
  return std::nullopt;
}

bool has_column(const std::vector<std::string>& names, std::string_view name) {
  const std::string word = plain(name);
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& one) { return plain(one) == word; });
}

}  // namespace chokepoint
