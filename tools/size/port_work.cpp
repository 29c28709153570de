#include "tools/size/port_work.hpp"

#include <algorithm>

#include "models/software/porting.hpp"

namespace chokepoint {

std::vector<PortWork> port_works(const World& world) {
  std::vector<PortWork> works;
  const PortingLaw& law = world.maturation.porting;
  for (const StackHistory& history : world.stack_histories) {
    const Sourced<double>& need = history.porting_engineer_months;
    PortWork work;
    work.stack = world.stacks[history.stack.value].name;
    work.engineer_months = need.value;
    work.low = work.high = need.value;
    if (need.input) {
      const Input& input = world.inputs[need.input->value];
      if (input.low) work.low = *input.low;
      if (input.high) work.high = *input.high;
    }
    work.engineers = world.maturation.team_engineers.value;
    work.months = porting_months(law, need.value, work.engineers);
    work.cost = law.engineer_month.value * need.value;
    works.push_back(std::move(work));
  }
  std::ranges::sort(works, {}, &PortWork::stack);
  return works;
}

const PortWork* port_to(const std::vector<PortWork>& works, const std::string& stack) {
  const auto found = std::ranges::find(works, stack, &PortWork::stack);
  return found == works.end() ? nullptr : &*found;
}

}  // namespace chokepoint
