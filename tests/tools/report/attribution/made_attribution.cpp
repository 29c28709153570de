#include "tests/tools/report/attribution/made_attribution.hpp"

namespace chokepoint {

namespace {

Trial trial(Binding::Kind kind, const std::string& name, const Figures& base,
            const Figures& other) {
  Trial made;
  made.off.kind = kind;
  made.off.name = name;
  made.off.government = kind == Binding::Kind::Rule ? "US" : "";
  made.figures = {base, other};
  return made;
}

}  // namespace

Figures delivered(double in_2024, double in_2025) {
  return {{{"delivered", "mainland/x", "packages", 2024}, in_2024},
          {{"delivered", "mainland/x", "packages", 2025}, in_2025}};
}

Attribution made_attribution() {
  const Figures base = delivered(1'000, 1'000), other = delivered(1'000, 5'000);
  Attribution attribution;
  attribution.names = {"base", "other"};
  attribution.itself = {base, other};
  attribution.between.resize(2);
  LeverRuns& runs = attribution.between[1];
  runs.levers = {{"rules[r]", {"rules[r].enabled", "rules[r].effective"}, {}},
                 {"rules[s]", {"rules[s].enabled"}, {}}};
  runs.orders = lever_orders(2, 4, 1);
  runs.figures = {{0, base}, {1, delivered(1'000, 3'000)}, {2, base}, {3, other}};
  attribution.bindings = {
      trial(Binding::Kind::Shortage, "memory", base, other),
      trial(Binding::Kind::Quota, "q", delivered(1'000, 500), delivered(1'000, 4'000)),
      trial(Binding::Kind::Rule, "r", delivered(1'000, 3'000), other)};
  attribution.untried = 7;
  return attribution;
}

}  // namespace chokepoint
