#include "sim/engine/datacenter/service.hpp"

#include <algorithm>
#include <cmath>
#include <set>

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
                       const Stacks& stacks, const RemoteUse& remote_use, Scheduler& scheduler,
                       TraceSink& trace)
    : EngineComponent(world, agenda, trace),
      id_(service),
      service_(world.services[service.value]),
      sites_(sites),
      stacks_(stacks),
      remote_use_(remote_use),
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
    if (share.lending) fleets_.back().lent.emplace(share.pool, *share.lending, sites, scheduler);
    const bool fails = world.interrupted_jobs && world.interrupted_jobs->rate_factor > 0 &&
                       reliability_of(world, share.pool) != nullptr;
    if (!fails) continue;
    Repairs& repairs = scheduler.repairs();
    auto& losses = fleets_.back().losses;
    losses = std::make_unique<FleetLosses>(world, service, share.pool, agenda, repairs, trace);
    losses->on_changed([this] { look_again(); });
    if (share.lending) repairs.on_repaired(share.pool, [this] { look_again(); });
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
  wanted_ = demand(window_);
  pieces_.clear();
  go_on();
  agenda_.at(now + length, Phase::Service, [this] {
    end_window();
    begin_window();
  });
}

void ServiceRun::look_again() {
  if (window_ > Seconds{} && agenda_.now() < began_ + window_) go_on();
}

void ServiceRun::go_on() {
  const Seconds now = agenda_.now(), end = began_ + window_;
  const TokensPerSecond all = capacity();
  std::set<double> dates = {now.value};
  for (Fleet& fleet : fleets_) {
    fleet.part = all > TokensPerSecond{} ? capacity(fleet) / all : 0.0;
    if (fleet.losses && !fleet.lent) fleet.losses->hold(held_nodes(fleet));
    if (!fleet.lent) continue;
    fleet.lent->keep(needed(fleet), devices(fleet) / devices_per_node(fleet), now);
    // What is in repair since a gang broke it cannot fail.
    if (fleet.losses) {
      fleet.losses->hold(fleet.lent->ready(now) + missing_nodes(fleet));
    }
    for (const Seconds date : fleet.lent->dates()) {
      if (date > now && date < end) dates.insert(date.value);
    }
  }
  std::erase_if(pieces_, [now](const Piece& piece) { return piece.from >= now; });
  const bool lends = std::ranges::any_of(fleets_, [](const Fleet& fleet) { return !!fleet.lent; });
  const TokensPerSecond returned = lends ? capacity_at(now, true) : all;
  const TokensPerSecond at_once = lends ? capacity_at(now, false) : all;
  for (const double date : dates) {
    const Seconds from{date};
    pieces_.push_back({from, from > now ? capacity_at(from, false) : at_once, returned});
    if (from > now) {
      agenda_.at(from, Phase::Service, [this] { set_serving(capacity_at(agenda_.now(), false)); });
    }
  }
  outcome_ = {};
  in_return_ = {};
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    const Seconds until = i + 1 < pieces_.size() ? pieces_[i + 1].from : end;
    const WindowOutcome part = outcome(piece, until, piece.capacity);
    outcome_.demand += part.demand;
    outcome_.capacity += part.capacity;
    outcome_.served += part.served;
    outcome_.unmet += part.unmet;
    in_return_ += part.unmet - outcome(piece, until, piece.returned).unmet;
  }
  set_serving(at_once);
}

WindowOutcome ServiceRun::outcome(const Piece& piece, Seconds until,
                                  TokensPerSecond capacity) const {
  const bool is_whole = piece.from == began_ && until == began_ + window_;
  return serve_window(wanted_, capacity, is_whole ? window_ : until - piece.from);
}

// At one utilization for all of its devices.
void ServiceRun::set_serving(TokensPerSecond capacity) {
  const Seconds now = agenda_.now();
  const bool is_idle = capacity * window_ <= Tokens{};
  const WindowOutcome outcome = serve_window(wanted_, capacity, window_);
  const double utilization = is_idle ? 0.0 : outcome.served / outcome.capacity;
  for (const Fleet& fleet : fleets_) {
    sites_.set_serving(fleet.share.pool, id_, nodes_at(fleet, now), utilization, now);
  }
}

double ServiceRun::nodes_at(const Fleet& fleet, Seconds date) const {
  if (fleet.lent) return fleet.lent->ready(date);
  return std::max(0.0, held_nodes(fleet) - missing_nodes(fleet));
}

double ServiceRun::held_nodes(const Fleet& fleet) const {
  const PoolId pool = fleet.share.pool;
  return fleet.share.share * static_cast<double>(sites_.states()[pool.value].powered_nodes) *
         remote_use_.share(service_.owner, pool);
}

double ServiceRun::devices(const Fleet& fleet) const {
  const double all = fleet.share.share * sites_.powered_devices(fleet.share.pool) *
                     remote_use_.share(service_.owner, fleet.share.pool);
  if (!fleet.losses) return all;
  return std::max(0.0, all - missing_nodes(fleet) * devices_per_node(fleet));
}

TokensPerSecond ServiceRun::capacity_at(Seconds date, bool all_returned) const {
  TokensPerSecond total;
  for (const Fleet& fleet : fleets_) {
    if (!fleet.lent) {
      total += capacity(fleet);
      continue;
    }
    // What broke is no way back.
    const double returned = fleet.lent->kept() - static_cast<double>(fleet.lent->broken());
    const double nodes = all_returned ? returned : fleet.lent->ready(date);
    total += capacity(fleet, nodes * devices_per_node(fleet));
  }
  return total;
}

double ServiceRun::needed(const Fleet& fleet) const {
  const double per_node = devices_per_node(fleet);
  const double held = devices(fleet) / per_node;
  const TokensPerSecond wanted = wanted_ * fleet.part;
  // The most whole nodes that it can do without: fast enough without `low`, too slow without
  // `high`.
  NodeCount low = 0, high = static_cast<NodeCount>(held) + 1;
  while (high - low > 1) {
    const NodeCount middle = low + (high - low) / 2;
    const double left = std::max(0.0, held - static_cast<double>(middle));
    const bool is_enough = capacity(fleet, left * per_node) >= wanted;
    (is_enough ? low : high) = middle;
  }
  return held - static_cast<double>(low);
}

void ServiceRun::end_window() {
  served_ += outcome_.served;
  unmet_ += outcome_.unmet;
  unmet_in_return_ += in_return_;
  for (Fleet& fleet : fleets_) {
    fleet.so_far.demand += outcome_.demand * fleet.part;
    fleet.so_far.served += outcome_.served * fleet.part;
  }
  trace_.record(WindowServed{agenda_.now(), id_, window_, outcome_.demand, outcome_.capacity,
                             outcome_.served, outcome_.unmet});
  outcome_ = {};
  in_return_ = {};
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
  const Seconds midnight = world_.calendar().at(world_.first_day());
  const double by_hour =
      service_.pattern ? mean_over(*service_.pattern, agenda_.now() - midnight, length) : 1.0;
  if (!service_.elastic) return by_hour * mean_demand(service_, agenda_.now(), length);
  const TokenDemand& elastic = *service_.elastic;
  const Date begin = today();
  const Date end = world_.calendar().date_at(agenda_.now() + length);
  return by_hour * tokens_wanted(elastic, cost_.value_or(elastic.reference_cost.value), begin,
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

TokensPerSecond ServiceRun::rate(const Fleet& fleet, double devices) const {
  const auto& of_device = rates(fleet.device);
  const auto powers = static_cast<std::size_t>(std::log2(std::max(devices, 1.0)));
  const ServingRates& at_hand = of_device[std::min(powers, of_device.size() - 1)];
  return serving_throughput(service_.request,
                            at_hand.prefill * stacks_.factor(fleet.device, WorkKind::Prefill, 0.0),
                            at_hand.decode * stacks_.factor(fleet.device, WorkKind::Decode, 0.0));
}

TokensPerSecond ServiceRun::capacity(const Fleet& fleet, double devices) const {
  return devices >= fleet.group ? devices * rate(fleet, devices) : TokensPerSecond{};
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
