#include "sim/engine/datacenter/service.hpp"

#include <algorithm>
#include <cmath>

#include "models/performance/throughput.hpp"

namespace chokepoint {

namespace {

constexpr Seconds kPaymentMonth = kDaysPerMonth * 1_days;

const Offer* offer_of(const World& world, DeviceId device) {
  const auto found = std::ranges::find(world.offers, device, &Offer::device);
  return found == world.offers.end() ? nullptr : &*found;
}

}  // namespace

ServiceRun::ServiceRun(const World& world, ServiceId service, Agenda& agenda, Sites& sites,
                       const Stacks& stacks, TraceSink& trace)
    : EngineComponent(world, agenda, trace),
      id_(service),
      service_(world.services[service.value]),
      sites_(sites),
      stacks_(stacks),
      rates_(world.devices.size()),
      variation_(world.seed, "demand/" + service_.name) {
  const Transformer& model = world.transformers[service_.transformer.value];
  fleets_.reserve(service_.shares.size());
  for (const PoolShare& share : service_.shares) {
    const DeviceId id = world.pools[share.pool.value].device;
    const DeviceSpec& device = world.devices[id.value];
    const ServingAttained& attained = world.serving[id.value];
    const auto group = devices_to_hold(model, service_.request, device, attained.coefficients);
    if (!group) continue;  // Of a whole site: those that can.
    fleets_.push_back({share, id, offer_of(world, id), *group, 0.0, {}});
  }
}

void ServiceRun::start() {
  agenda_.at(Seconds{}, Phase::Service, [this] { begin_window(); });
}

void ServiceRun::begin_window() {
  const Seconds now = agenda_.now();
  const Seconds length = next_length();
  ++windows_begun_;
  began_ = now;
  window_ = std::min(length, agenda_.horizon() - now);
  cost_ = service_.elastic ? cost_per_token() : std::nullopt;
  outcome_ = serve_window(demand(window_), capacity(), window_);
  const bool idle = outcome_.capacity <= Tokens{};
  const double utilization = idle ? 0.0 : outcome_.served / outcome_.capacity;
  const TokensPerSecond all = capacity();
  for (Fleet& fleet : fleets_) {
    fleet.part = all > TokensPerSecond{} ? capacity(fleet) / all : 0.0;
    const PoolId pool = fleet.share.pool;
    const double nodes =
        fleet.share.share * static_cast<double>(sites_.states()[pool.value].powered_nodes);
    sites_.set_serving(pool, id_, nodes, utilization, now);
  }
  agenda_.at(now + length, Phase::Service, [this] {
    end_window();
    begin_window();
  });
}

void ServiceRun::end_window() {
  served_ += outcome_.served;
  unmet_ += outcome_.unmet;
  for (Fleet& fleet : fleets_) {
    fleet.so_far.demand += outcome_.demand * fleet.part;
    fleet.so_far.served += outcome_.served * fleet.part;
  }
  trace_.record(WindowServed{agenda_.now(), id_, window_, outcome_.demand, outcome_.capacity,
                             outcome_.served, outcome_.unmet});
  outcome_ = {};
}

double ServiceRun::part_at(SiteId site) const {
  double part = 0.0;
  for (const Fleet& fleet : fleets_) {
    if (world_.pools[fleet.share.pool.value].site == site) part += fleet.part;
  }
  return part;
}

ServedThere ServiceRun::at_site(SiteId site) const {
  const double passed = window_ > Seconds{} ? (agenda_.now() - began_) / window_ : 0.0;
  const double part = part_at(site) * passed;
  ServedThere there{outcome_.demand * part, outcome_.served * part};
  for (const Fleet& fleet : fleets_) {
    if (world_.pools[fleet.share.pool.value].site != site) continue;
    there.demand += fleet.so_far.demand;
    there.served += fleet.so_far.served;
  }
  return there;
}

TokensPerSecond ServiceRun::demand_at_site(SiteId site) const {
  return window_ > Seconds{} ? outcome_.demand / window_ * part_at(site) : TokensPerSecond{};
}

Seconds ServiceRun::next_length() const {
  if (service_.windows.empty()) return service_.window;
  const Seconds left = agenda_.horizon() - agenda_.now();
  if (windows_begun_ >= service_.windows.size()) return left;
  return service_.windows[windows_begun_].length;
}

TokensPerSecond ServiceRun::demand(Seconds length) {
  // Drawn even where nothing varies, so that a scenario which turns the variation on stays paired.
  const double z = variation_.normal();
  const double sigma = service_.demand_variation.value;
  return mean_demand_of(length) * std::exp(sigma * z - sigma * sigma / 2.0);
}

TokensPerSecond ServiceRun::mean_demand_of(Seconds length) const {
  if (!service_.windows.empty()) {
    if (windows_begun_ > service_.windows.size()) return {};
    const DemandWindow& window = service_.windows[windows_begun_ - 1];
    return window.demand / window.length;
  }
  if (!service_.elastic) return mean_demand(service_, agenda_.now(), length);
  const TokenDemand& elastic = *service_.elastic;
  const Date begin = today();
  const Date end = world_.calendar().date_at(agenda_.now() + length);
  return tokens_wanted(elastic, cost_.value_or(elastic.reference_cost.value), begin,
                       std::max(end, begin + std::chrono::days{1}));
}

const std::vector<ServingRates>& ServiceRun::rates(DeviceId device) const {
  std::vector<ServingRates>& rates = rates_[device.value];
  if (!rates.empty()) return rates;
  const ServingAttained& attained = world_.serving[device.value];
  rates = serving_rates(world_.transformers[service_.transformer.value], service_.request,
                        world_.devices[device.value], attained.coefficients);
  for (ServingRates& at_hand : rates) {
    at_hand.prefill = attained.prefill.value * at_hand.prefill;
    at_hand.decode = attained.decode.value * at_hand.decode;
  }
  return rates;
}

TokensPerSecond ServiceRun::rate(const Fleet& fleet) const {
  const auto& of_device = rates(fleet.device);
  const auto powers = static_cast<std::size_t>(std::log2(std::max(devices(fleet), 1.0)));
  const ServingRates& at_hand = of_device[std::min(powers, of_device.size() - 1)];
  return serving_throughput(service_.request,
                            at_hand.prefill * stacks_.factor(fleet.device, WorkKind::Prefill, 0.0),
                            at_hand.decode * stacks_.factor(fleet.device, WorkKind::Decode, 0.0));
}

TokensPerSecond ServiceRun::capacity(const Fleet& fleet) const {
  const double there = devices(fleet);
  return there >= fleet.group ? there * rate(fleet) : TokensPerSecond{};
}

TokensPerSecond ServiceRun::capacity() const {
  TokensPerSecond total;
  for (const Fleet& fleet : fleets_) total += capacity(fleet);
  return total;
}

std::optional<UsdPerToken> ServiceRun::cost_per_token() const {
  const BuyerTaste taste = taste_of(world_.choice);
  Usd monthly;
  for (const Fleet& fleet : fleets_) {
    if (devices(fleet) < fleet.group) continue;
    const Pool& pool = world_.pools[fleet.share.pool.value];
    const NodeSpec& node = world_.nodes[pool.node.value];
    OfferFacts facts;
    if (fleet.offer != nullptr) facts.price = last_list_price(*fleet.offer, today());
    facts.host = host_of(world_.choice, node);
    facts.power = node.full_power.value / node.devices_per_node;
    facts.pue = world_.sites[pool.site.value].pue.value;
    facts.electricity = electricity_of(world_.choice);
    monthly += devices(fleet) * monthly_cost_of_ownership(facts, taste);
  }
  const TokensPerSecond full = capacity();
  if (full <= TokensPerSecond{}) return std::nullopt;
  return monthly / (full * kPaymentMonth);
}

}  // namespace chokepoint
