#include "sim/trace/world_names.hpp"

namespace chokepoint {
namespace {

template <class Elements>
void add(const Elements& elements, std::unordered_map<std::string_view, std::uint32_t>& by_name) {
  std::uint32_t id = 0;
  for (const auto& element : elements) by_name.emplace(name_in(element), id++);
}

}  // namespace

WorldNames::WorldNames(const World& world) : world_(world) {
  std::apply([&]<class... Kinds>(
                 Ids<Kinds>&... ids) { (add(elements(world, Kinds{}), ids.by_name), ...); },
             ids_);
}

}  // namespace chokepoint
