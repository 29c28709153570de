#pragma once

#include <limits>
#include <optional>
#include <set>
#include <vector>

#include "models/market/budget.hpp"
#include "models/market/clearing.hpp"
#include "sim/engine/datacenter/stacks.hpp"
#include "sim/engine/economy/appraisal.hpp"
#include "sim/engine/economy/choice_log.hpp"
#include "sim/engine/economy/list_prices.hpp"
#include "sim/engine/economy/market_diversion.hpp"
#include "sim/engine/economy/programmes.hpp"
#include "sim/engine/economy/recent_demand.hpp"
#include "sim/engine/economy/trust.hpp"
#include "sim/engine/government/quotas.hpp"
#include "sim/engine/government/regulator.hpp"
#include "sim/engine/kernel/engine_component.hpp"
#include "sim/engine/trade/market.hpp"
#include "sim/engine/trade/order_book.hpp"
#include "sim/engine/trade/supply.hpp"

namespace chokepoint {

/// Every buyer's month: its money, what it wants for which work, how much of that governments admit
/// and vendors have, and what becomes of the rest.
///
/// Money of a month goes to training, prefill and decode by the buyer's shares; each part chooses
/// for itself. Money for what a review or a border refuses later comes back to the buyer. When a
/// rule becomes known that will hold back what may be bought today, buyers spend some months of
/// budget ahead on it, a part each week until it takes effect and as far as vendors have it, and
/// save them again later.
class Buyers : private EngineComponent {
public:
  Buyers(const World& world, Agenda& agenda, TraceSink& trace, Regulator& regulator,
         const Quotas& quotas, const Supply& supply, Marketplace& market, OrderBook& book,
         const Stacks& stacks, MarketDiversion& diversion);

  /// Enters every month of the run and every day on which a rule becomes known.
  void start();

  /// Records what was chosen since the last first of January.
  void close() { choices_made_.close(agenda_.now()); }

  /// Packages a month that buyers have lately wanted of what a line makes, see RecentDemand.
  double demand(SupplyId line) const { return demand_.wanted(line); }

private:
  /// A blanket order with what this month says of it.
  struct Choice {
    BlanketOrder blanket;
    TwoGateRuling ruling;
    double admitted_share = 0.0;
    Usd list, price;     ///< Charges passed through in the second.
    double quota = 0.0;  ///< Packages that quotas let through; infinite where none counts them.
    bool is_diverted = false;
    std::uint32_t lot = 0;
    double wait_cost = std::numeric_limits<double>::infinity();  ///< See Bid.
  };
  /// One budget and where its bids come from.
  struct Source {
    BuyerId buyer;
    WorkKind kind;
    double money = 0.0;                      ///< US dollars.
    std::vector<std::size_t> choices;        ///< By bid.
    std::vector<Appraised> appraised;        ///< By bid.
    const Programmes::Lump* lump = nullptr;  ///< Set where the money is a programme's.
  };

  /// What governments will let through of a blanket order less than today, from a day on.
  struct HeldBack {
    BlanketOrder blanket;
    Date on;
    double share = 0.0;
  };

  /// What became known on a day, and in how many parts is bought ahead of it.
  struct Rush {
    std::vector<HeldBack> held_back;  ///< In the order of blanket orders.
    Date announced;
    int parts = 1;
  };

  /// The outcome of one day's market.
  struct Traded {
    std::vector<Source> sources;  ///< By budget.
    Cleared cleared;
    std::vector<Usd> left;  ///< By buyer.
  };

  void on_month();
  void on_announced(const Regime& known, const std::set<Date>& effective);
  /// One of the parts that are bought before what was announced takes effect.
  void buy_ahead(const Rush& rush);
  bool is_last_chance(const HeldBack& held) const;
  /// Lets `money`, by buyer, choose and clear, and carries out the outcome.
  Traded trade(const std::vector<Choice>& choices, const std::vector<Usd>& money, Date day,
               std::uint32_t which);
  void take_income(std::size_t month);
  /// Notes what training programmes ask for, each for one kind of device.
  void ask_for_programmes(const std::vector<Choice>& choices, Date month);
  /// Hands what training bought to programmes, and back what they asked for in vain.
  void settle_programmes(const std::vector<Choice>& choices, Traded& traded);
  std::vector<Choice> choices_of_month(Date month);
  std::optional<Choice> choice(const BlanketOrder& blanket, Date month) const;
  std::vector<Lot> lots_of(const std::vector<Choice>& choices) const;
  std::vector<WorkBudget> work_budgets(const std::vector<Choice>& choices,
                                       const std::vector<Usd>& money, Date month,
                                       std::vector<Source>& sources) const;
  /// Whether the money of `lump` may buy a choice.
  bool is_for(const Programmes::Lump& lump, const Choice& choice) const {
    return choice.blanket.buyer == lump.buyer &&
           world_.offers[choice.blanket.offer].device == lump.device;
  }
  /// What a budget of `money` dollars bids on a choice.
  Bid bid_on(const Choice& choice, double utility, double money) const;
  /// Places what was bought and refused, and counts the money that is left.
  void carry_out(const std::vector<Choice>& choices, Traded& traded, Date day, std::uint32_t which);
  void note_wishes(const std::vector<Choice>& choices, const Traded& traded);
  void note_demand(const std::vector<Choice>& choices, const Traded& traded);
  std::size_t month_of(Date day) const;
  BudgetHabits habits_of(const Buyer& buyer) const {
    return {buyer.carry_months, world_.choice.repay_share};
  }
  /// True where the offer's device is in production or still in stock.
  bool is_made(std::uint32_t offer, Date month) const;

  Regulator& regulator_;
  const Quotas& quotas_;
  const Supply& supply_;
  Marketplace& market_;
  OrderBook& book_;
  const Stacks& stacks_;
  MarketDiversion& diversion_;
  std::vector<std::vector<Usd>> budgets_;  // By buyer and month since the start.
  std::vector<Usd> money_;                 // By buyer.
  std::vector<Usd> debts_;                 // By buyer: spent ahead, to be saved again.
  std::vector<Programmes::Lump> lumps_;    // Of this month, beside all budgets.
  Programmes programmes_;
  ListPrices prices_;
  std::vector<std::optional<std::size_t>> bill_of_offer_;
  RecentDemand demand_;
  Trust trust_;
  Appraisal appraisal_;
  ChoiceLog choices_made_;
};

}  // namespace chokepoint
