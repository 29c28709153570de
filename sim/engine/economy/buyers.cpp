#include "sim/engine/economy/buyers.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/market/price.hpp"
#include "models/world.hpp"

namespace chokepoint {

namespace {

constexpr std::array kWork = {WorkKind::Training, WorkKind::Prefill, WorkKind::Decode};
constexpr std::uint32_t kOfMonth = 0;  // Which purchase of a blanket order on a day.

double share_of(const Buyer& buyer, WorkKind kind, Date month) {
  const double training = value_on(buyer.training_share, month);
  const double prefill = (1.0 - training) * buyer.prefill_share.value;
  switch (kind) {
    case WorkKind::Training:
      return training;
    case WorkKind::Prefill:
      return prefill;
    case WorkKind::Decode:
      return 1.0 - training - prefill;
  }
  return 0.0;
}

}  // namespace

Buyers::Buyers(const World& world, Agenda& agenda, TraceSink& trace, Regulator& regulator,
               const Quotas& quotas, const Supply& supply, Marketplace& market, OrderBook& book,
               const Stacks& stacks, MarketDiversion& diversion)
    : EngineComponent(world, agenda, trace),
      regulator_(regulator),
      quotas_(quotas),
      supply_(supply),
      market_(market),
      book_(book),
      stacks_(stacks),
      diversion_(diversion),
      money_(world.buyers.size()),
      debts_(world.buyers.size()),
      programmes_(world),
      prices_(world),
      demand_(world.supplies.size()),
      trust_(world),
      appraisal_(world, stacks_, trust_),
      choices_made_(world, trace) {
  for (const Offer& offer : world.offers) {
    const auto& bills = world.supply.bills;
    const auto bill = std::ranges::find(bills, offer.device, &Bill::device);
    bill_of_offer_.push_back(bill == bills.end()
                                 ? std::nullopt
                                 : std::optional(static_cast<std::size_t>(bill - bills.begin())));
  }
  const Date first = first_of_month(world.first_day());
  for (const Buyer& buyer : world.buyers) {
    std::vector<Usd> budget;
    for (Date month = first; month < world.end; month = add_months(month, 1)) {
      budget.emplace_back(mean_over(buyer.budget, month, add_months(month, 1)) / 12.0);
    }
    budgets_.push_back(std::move(budget));
  }
}

void Buyers::start() {
  if (world_.buyers.empty()) return;
  agenda_.at(Seconds{}, Phase::Purchase, [this] { on_month(); });
  at_months(Phase::Purchase, [this] { on_month(); });
  regulator_.on_announcement([this](const Regime& known, const std::set<Date>& effective) {
    on_announced(known, effective);
  });
}

void Buyers::on_month() {
  const std::size_t month = month_of(today());
  if (std::chrono::year_month_day(today()).month() == std::chrono::January) close();
  take_income(month);
  const auto choices = choices_of_month(today());
  ask_for_programmes(choices, today());
  Traded traded = trade(choices, money_, today(), kOfMonth);
  settle_programmes(choices, traded);
  note_demand(choices, traded);
  lumps_.clear();
  for (std::size_t b = 0; b < money_.size(); ++b) {
    const BudgetHabits habits = habits_of(world_.buyers[b]);
    money_[b] = month_end(traded.left[b], budgets_[b][month], habits).carried;
  }
}

Buyers::Traded Buyers::trade(const std::vector<Choice>& choices, const std::vector<Usd>& money,
                             Date day, std::uint32_t which) {
  Traded traded;
  const auto wanted = work_budgets(choices, money, day, traded.sources);
  traded.cleared = clear_market(lots_of(choices), wanted, world_.choice.nest_scale.value);
  carry_out(choices, traded, day, which);
  note_wishes(choices, traded);
  return traded;
}

void Buyers::take_income(std::size_t month) {
  for (std::size_t b = 0; b < money_.size(); ++b) {
    const Usd budget = budgets_[b][month];
    const Usd saved = saved_again(debts_[b], budget, habits_of(world_.buyers[b]));
    debts_[b] -= saved;
    money_[b] += budget - saved;
  }
  // What a review or a border refused since, or customs seized, comes back.
  for (const BlanketOrder& blanket : world_.blanket_orders) {
    OrderAccount& account = book_.of(blanket.order);
    money_[blanket.buyer.value] += account.unspent;
    account.unspent = Usd{};
  }
}

void Buyers::ask_for_programmes(const std::vector<Choice>& choices, Date month) {
  for (std::uint32_t b = 0; b < world_.buyers.size(); ++b) {
    if (world_.buyers[b].programmes.empty()) continue;
    const auto lots = lots_of(choices);
    std::vector<Programmes::Option> options;
    for (const Choice& choice : choices) {
      if (choice.blanket.buyer != BuyerId{b} || choice.admitted_share < kCutShare) continue;
      const double useful = appraisal_.useful_rate(choice.blanket, WorkKind::Training);
      const DeviceId device = world_.offers[choice.blanket.offer].device;
      if (useful > 0.0) options.push_back({device, useful, choice.price, lots[choice.lot].units});
    }
    for (const auto& lump : programmes_.ask(BuyerId{b}, options, month)) lumps_.push_back(lump);
  }
}

void Buyers::settle_programmes(const std::vector<Choice>& choices, Traded& traded) {
  for (std::size_t p = 0; p < traded.sources.size(); ++p) {
    const Source& source = traded.sources[p];
    if (source.lump == nullptr) continue;
    double useful = 0.0;
    for (std::size_t k = 0; k < source.choices.size(); ++k) {
      useful += traded.cleared.bought[p][k] *
                appraisal_.useful_rate(choices[source.choices[k]].blanket, WorkKind::Training);
    }
    programmes_.take(*source.lump, useful);
    traded.left[source.buyer.value] -= Usd{traded.cleared.money_left[p]};
  }
}

std::vector<Buyers::Choice> Buyers::choices_of_month(Date month) {
  const BuyerTaste taste = taste_of(world_.choice);
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < world_.blanket_orders.size(); ++i) {
    const auto found = choice(world_.blanket_orders[i], month);
    const double share = found ? found->ruling.admitted_share : 0.0;
    trust_.note_share(i, share, month);
    if (!found) continue;
    choices.push_back(*found);
    const double part = demand_.served_part(world_.offer_lines[found->blanket.offer]);
    choices.back().wait_cost = wait_cost(part, taste);
  }
  const std::size_t open = choices.size();
  auto lot = static_cast<std::uint32_t>(world_.supplies.size());
  for (std::size_t i = 0; i < open; ++i) {
    const SiteId site = world_.buyers[choices[i].blanket.buyer.value].site;
    if (choices[i].admitted_share >= kCutShare || !diversion_.leads_to(site)) continue;
    Choice grey = choices[i];
    grey.is_diverted = true;
    grey.admitted_share = 1.0;
    grey.quota = std::numeric_limits<double>::infinity();
    grey.price = grey.list * (1.0 + diversion_.premium(grey.blanket.offer));
    grey.lot = lot++;
    grey.wait_cost = std::numeric_limits<double>::infinity();
    choices.push_back(grey);
  }
  return choices;
}

std::optional<Buyers::Choice> Buyers::choice(const BlanketOrder& blanket, Date month) const {
  const Offer& offer = world_.offers[blanket.offer];
  const Usd list = prices_.list(blanket.offer, month);
  if (list <= Usd{} || !is_made(blanket.offer, month)) return std::nullopt;
  const Order& order = world_.orders[blanket.order.value];
  const Goods goods = goods_of(order);
  Choice found;
  found.blanket = blanket;
  found.ruling = regulator_.judge(goods, ShipmentState::Offered);
  found.admitted_share = found.ruling.admitted_share;
  const Buyer& buyer = world_.buyers[blanket.buyer.value];
  if (buyer.user != buyer.org) {
    const Country stands_in = world_.sites[buyer.site.value].country;
    found.admitted_share = std::min(found.admitted_share,
                                    regulator_.access_share(buyer.user, offer.device, stands_in));
  }
  double charges = 0.0;
  for (const Charge& charge : regulator_.terms(goods).charges) charges += charge.share;
  found.quota = quotas_.available(goods);
  if (found.quota < 1.0) found.admitted_share = 0.0;
  found.list = list;
  found.price = charged_price(found.list, charges, world_.choice.pass_through.value);
  found.lot = world_.offer_lines[blanket.offer].value;
  return found;
}

bool Buyers::is_made(std::uint32_t offer, Date month) const {
  if (!bill_of_offer_[offer]) return true;
  const Curve& launch = world_.supply.bills[*bill_of_offer_[offer]].launch;
  return value_on(launch, month) > 0.0 || supply_.whole_packages(world_.offer_lines[offer]) > 0.0;
}

std::vector<Lot> Buyers::lots_of(const std::vector<Choice>& choices) const {
  std::vector<Lot> lots(world_.supplies.size());
  for (std::uint32_t i = 0; i < lots.size(); ++i) {
    const double free = supply_.whole_packages(SupplyId{i}) - market_.waiting(SupplyId{i});
    lots[i].units = std::max(0.0, free);
  }
  for (const Choice& choice : choices) {
    if (!choice.is_diverted) continue;
    Lot& lawful = lots[world_.offer_lines[choice.blanket.offer].value];
    const SiteId site = world_.buyers[choice.blanket.buyer.value].site;
    const double units = diversion_.there(choice.blanket.offer, site, lawful.units);
    lawful.units -= units;
    lots.push_back({units});
  }
  return lots;
}

std::vector<WorkBudget> Buyers::work_budgets(const std::vector<Choice>& choices,
                                             const std::vector<Usd>& money, Date month,
                                             std::vector<Source>& sources) const {
  std::vector<std::vector<std::size_t>> by_buyer(world_.buyers.size());
  std::vector<AppraisedWork> appraised;
  appraised.reserve(choices.size());
  for (std::size_t c = 0; c < choices.size(); ++c) {
    const Choice& choice = choices[c];
    const BuyerId buyer = choice.blanket.buyer;
    const SiteId site = world_.buyers[buyer.value].site;
    const GreyRoute* grey = choice.is_diverted ? diversion_.route_to(site) : nullptr;
    by_buyer[buyer.value].push_back(c);
    appraised.push_back(appraisal_.of(choice.blanket, choice.price, grey, month));
  }
  std::vector<WorkBudget> result;
  const auto add = [&](Source source) {
    WorkBudget budget{source.money, {}};
    for (const std::size_t c : source.choices) {
      source.appraised.push_back(appraised[c][static_cast<std::size_t>(source.kind)]);
      budget.bids.push_back(bid_on(choices[c], source.appraised.back().utility, budget.money));
    }
    result.push_back(std::move(budget));
    sources.push_back(std::move(source));
  };
  for (std::uint32_t b = 0; b < world_.buyers.size(); ++b) {
    for (const WorkKind kind : kWork) {
      const double share = share_of(world_.buyers[b], kind, month);
      add({BuyerId{b}, kind, money[b].value * share, by_buyer[b], {}});
    }
  }
  for (const Programmes::Lump& lump : lumps_) {
    std::vector<std::size_t> of_kind = by_buyer[lump.buyer.value];
    std::erase_if(of_kind, [&](std::size_t c) { return !is_for(lump, choices[c]); });
    add({lump.buyer, WorkKind::Training, lump.money.value, std::move(of_kind), {}, &lump});
  }
  return result;
}

Bid Buyers::bid_on(const Choice& choice, double utility, double money) const {
  Bid bid;
  bid.lot = choice.lot;
  bid.utility = utility;
  bid.nest = stacks_.nest(world_.offers[choice.blanket.offer].device);
  bid.price = choice.price.value;
  bid.admitted_share = choice.admitted_share;
  bid.wait_cost = choice.wait_cost;
  if (std::isfinite(choice.quota) && money > 0.0) {
    // Each kind of work may use its part of what the quota has left.
    const double part = choice.quota / static_cast<double>(kWork.size());
    bid.mandate_cap = std::min(1.0, part * bid.price / money);
  }
  const Order& order = world_.orders[choice.blanket.order.value];
  const OrgId vendor = world_.devices[order.device.value].vendor;
  bid.priority = world_.is_one_family(order.buyer, vendor) ? 1 : 0;
  return bid;
}

void Buyers::carry_out(const std::vector<Choice>& choices, Traded& traded, Date day,
                       std::uint32_t which) {
  const auto& sources = traded.sources;
  const Cleared& cleared = traded.cleared;
  std::vector<double> bought(choices.size(), 0.0), refused(choices.size(), 0.0);
  traded.left.resize(money_.size());
  for (std::size_t p = 0; p < sources.size(); ++p) {
    traded.left[sources[p].buyer.value] += Usd{cleared.money_left[p]};
    for (std::size_t k = 0; k < sources[p].choices.size(); ++k) {
      bought[sources[p].choices[k]] += cleared.bought[p][k];
      refused[sources[p].choices[k]] += cleared.refused[p][k];
    }
  }
  for (std::size_t c = 0; c < choices.size(); ++c) {
    const Choice& choice = choices[c];
    if (choice.is_diverted) {
      if (bought[c] > 0.0) {
        diversion_.sell({choice.blanket, bought[c], choice.list, choice.price});
      }
      continue;
    }
    BuyerPurchase purchase;
    purchase.units = bought[c];
    purchase.refused = choice.ruling.gate == Gate::None ? 0.0 : std::floor(refused[c]);
    purchase.price = choice.list;
    purchase.input = input_behind(world_.buyers[choice.blanket.buyer.value].budget, day);
    purchase.ruling = choice.ruling;
    if (purchase.units <= 0.0 && purchase.refused <= 0.0) continue;
    market_.place(choice.blanket.order, which, purchase);
    // What was refused now was never spent; what a border refused before is still to come back.
    book_.of(choice.blanket.order).unspent -= purchase.refused * purchase.price;
  }
}

void Buyers::note_wishes(const std::vector<Choice>& choices, const Traded& traded) {
  const Cleared& cleared = traded.cleared;
  for (std::size_t p = 0; p < traded.sources.size(); ++p) {
    const Source& source = traded.sources[p];
    for (std::size_t k = 0; k < source.choices.size(); ++k) {
      const Choice& choice = choices[source.choices[k]];
      const double bought = cleared.bought[p][k];
      const double not_there = std::max(0.0, cleared.first_choices[p][k] - bought);
      choices_made_.note(choice.blanket, source.kind, source.appraised[k],
                         {bought, cleared.refused[p][k], not_there}, choice.price);
    }
  }
}

void Buyers::note_demand(const std::vector<Choice>& choices, const Traded& traded) {
  const auto& sources = traded.sources;
  const Cleared& cleared = traded.cleared;
  std::vector<double> wanted(world_.supplies.size(), 0.0);
  std::vector<double> queued(world_.supplies.size(), 0.0), taken(world_.supplies.size(), 0.0);
  const std::vector<double> none(world_.offers.size(), 0.0);
  MarketDiversion::Month grey{none, none, none};
  std::vector<double> sold(world_.offers.size(), 0.0), unmet(world_.offers.size(), 0.0);
  for (std::size_t p = 0; p < sources.size(); ++p) {
    for (std::size_t k = 0; k < sources[p].choices.size(); ++k) {
      const Choice& choice = choices[sources[p].choices[k]];
      const double bought = cleared.bought[p][k];
      const std::uint32_t line = world_.offer_lines[choice.blanket.offer].value;
      wanted[line] += bought + cleared.short_units[p][k];
      if (choice.is_diverted) {
        grey.diverted[choice.blanket.offer] += bought;
        continue;
      }
      queued[line] += bought + cleared.short_units[p][k];
      taken[line] += bought;
      sold[choice.blanket.offer] += bought;
      unmet[choice.blanket.offer] += cleared.short_units[p][k];
      const bool is_restricted = choice.admitted_share < kCutShare;
      (is_restricted ? grey.refused : grey.sold_abroad)[choice.blanket.offer] +=
          is_restricted ? cleared.refused[p][k] : bought;
    }
  }
  demand_.close_month(wanted, queued, taken);
  diversion_.close_month(grey);
  prices_.close_month(sold, unmet);
}

std::size_t Buyers::month_of(Date day) const {
  const Date first = first_of_month(world_.first_day());
  std::size_t month = 0;
  while (add_months(first, static_cast<int>(month) + 1) <= day) ++month;
  return month;
}

}  // namespace chokepoint
