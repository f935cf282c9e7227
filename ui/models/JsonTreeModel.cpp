// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/JsonTreeModel.h"

#include "filter/Expression.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"

#include <QGuiApplication>
#include <QStringList>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using event::JsonNode;

namespace {

constexpr std::size_t maxCopied = 16U << 20U;

bool isContainer(const JsonNode &node)
{
    return node.kind == JsonNode::Kind::Object || node.kind == JsonNode::Kind::Array;
}

QString decoded(const std::string &text, std::size_t limit)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(text.size(), limit)));
}

void writeJson(const JsonNode &node, std::size_t limit, std::string &out)
{
    const auto members = [&](char open, char close, bool named) {
        if (node.children.empty() && !node.text.empty()) {
            out += node.text; // deeper than the tree goes: its JSON
            return;
        }
        out += open;
        bool first = true;
        for (const JsonNode &child : node.children) {
            if (out.size() > limit) {
                return;
            }
            if (!first) {
                out += ',';
            }
            first = false;
            if (named) {
                out += event::quoteJson(child.key);
                out += ':';
            }
            writeJson(child, limit, out);
        }
        out += close;
    };
    switch (node.kind) {
    case JsonNode::Kind::Object:
        members('{', '}', true);
        break;
    case JsonNode::Kind::Array:
        members('[', ']', false);
        break;
    case JsonNode::Kind::String:
        out += event::quoteJson(node.text);
        break;
    case JsonNode::Kind::Null:
        out += "null";
        break;
    case JsonNode::Kind::Number:
    case JsonNode::Kind::Boolean:
        out += node.text;
        break;
    }
}

} // namespace

std::string toJson(const JsonNode &node, std::size_t limit)
{
    std::string out;
    writeJson(node, limit, out);
    return out;
}

struct JsonTreeModel::Item
{
    const JsonNode *node = nullptr;
    Item *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Item>> children; ///< of those of the node, the ones that are shown
};

JsonTreeModel::JsonTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
{ }

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setDocument(std::shared_ptr<const JsonNode> root)
{
    beginResetModel();
    m_document = std::move(root);
    m_root.reset();
    if (m_document) {
        m_root = std::make_unique<Item>();
        m_root->node = m_document.get();
        addChildren(*m_root, batch);
    }
    endResetModel();
}

JsonTreeModel::Item *JsonTreeModel::itemOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Item *>(index.internalPointer()) : m_root.get();
}

void JsonTreeModel::addChildren(Item &item, std::size_t count) const
{
    const std::size_t end = std::min(item.children.size() + count, item.node->children.size());
    for (std::size_t i = item.children.size(); i < end; ++i) {
        auto child = std::make_unique<Item>();
        child->node = &item.node->children[i];
        child->parent = &item;
        child->row = static_cast<int>(i);
        item.children.push_back(std::move(child));
    }
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const Item *item = itemOf(parent);
    if (!item || row < 0 || column < 0 || column >= ColumnCount
        || static_cast<std::size_t>(row) >= item->children.size() || (parent.isValid() && parent.column() != 0)) {
        return {};
    }
    return createIndex(row, column, item->children[static_cast<std::size_t>(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &child) const
{
    const Item *item = child.isValid() ? itemOf(child) : nullptr;
    if (!item || !item->parent || item->parent == m_root.get()) {
        return {};
    }
    return createIndex(item->parent->row, 0, item->parent);
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    const Item *item = itemOf(parent);
    return item && parent.column() <= 0 ? static_cast<int>(item->children.size()) : 0;
}

int JsonTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    const Item *item = itemOf(parent);
    return item && parent.column() <= 0 && !item->node->children.empty();
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const Item *item = itemOf(parent);
    return item && parent.column() <= 0 && item->children.size() < item->node->children.size();
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    Item *item = itemOf(parent);
    if (!item || !canFetchMore(parent)) {
        return;
    }
    const std::size_t first = item->children.size();
    const std::size_t last = std::min(first + batch, item->node->children.size()) - 1;
    beginInsertRows(parent, static_cast<int>(first), static_cast<int>(last));
    addChildren(*item, batch);
    endInsertRows();
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    const Item *item = index.isValid() ? itemOf(index) : nullptr;
    if (!item) {
        return {};
    }
    const JsonNode &node = *item->node;
    const auto name = [&] {
        const bool inArray = item->parent->node->kind == JsonNode::Kind::Array;
        return inArray ? u"[%1]"_s.arg(item->row) : singleLine(decoded(node.key, 1024), 200);
    };
    const auto value = [&]() -> QString {
        switch (node.kind) {
        case JsonNode::Kind::Null:
            return u"null"_s;
        case JsonNode::Kind::Object:
            return node.children.empty() ? singleLine(decoded(node.text.empty() ? "{}" : node.text, 2048), 500)
                                         : u"{ %1 }"_s.arg(node.children.size());
        case JsonNode::Kind::Array:
            return node.children.empty() ? singleLine(decoded(node.text.empty() ? "[]" : node.text, 2048), 500)
                                         : u"[ %1 ]"_s.arg(node.children.size());
        default:
            return singleLine(decoded(node.text, 8192), 2000);
        }
    };
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Name ? name() : value();
    case Qt::AccessibleTextRole:
        return index.column() == Name ? name() + u": "_s + value() : value();
    case Qt::ToolTipRole:
        return toolTip(index.column() == Name ? path(*item) : value());
    case Qt::ForegroundRole: {
        const bool quiet = index.column() == Name || isContainer(node) || node.kind == JsonNode::Kind::Null;
        return quiet ? QVariant(toneColor(Tone::Muted, QGuiApplication::palette())) : QVariant();
    }
    case FilterPathRole:
        return filterPath(*item);
    case PathRole:
        return path(*item);
    case PartFilterRole:
        return partFilter(*item);
    case CopyRole:
        return isContainer(node) ? QString::fromStdString(toJson(node, maxCopied)) : decoded(node.text, maxCopied);
    case IsScalarRole:
        return !isContainer(node) && node.kind != JsonNode::Kind::Null;
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == Name ? tr("Field") : tr("Value");
}

QString JsonTreeModel::path(const Item &item)
{
    QString result;
    for (const Item *i = &item; i->parent; i = i->parent) {
        const bool inArray = i->parent->node->kind == JsonNode::Kind::Array;
        const QString part = inArray ? u"[%1]"_s.arg(i->row) : QString::fromStdString(i->node->key);
        const bool isDotted = !result.isEmpty() && !result.startsWith(u'[');
        result.prepend(isDotted ? part + u'.' : part);
    }
    return result;
}

QString JsonTreeModel::filterPath(const Item &item)
{
    std::vector<std::string> names;
    for (const Item *i = &item; i->parent; i = i->parent) {
        const JsonNode::Kind kind = i->parent->node->kind;
        // What is part of a text, or has no name, cannot be named.
        if (kind == JsonNode::Kind::String || (kind == JsonNode::Kind::Object && i->node->key.empty())) {
            return {};
        }
        if (kind == JsonNode::Kind::Object) {
            names.insert(names.begin(), i->node->key);
        }
    }
    return QString::fromStdString(filter::pathText(event::FieldPath(std::move(names))));
}

/// Of a part of a text a filter can ask as it stands there: risk co "level=HIGH".
QString JsonTreeModel::partFilter(const Item &item) const
{
    const Item *text = nullptr;
    for (const Item *i = item.parent; i && i->parent; i = i->parent) {
        text = i->node->kind == JsonNode::Kind::String ? i : text;
    }
    const JsonNode &node = *item.node;
    if (!text || isContainer(node) || !node.children.empty() || item.parent->node->kind == JsonNode::Kind::Array) {
        return {};
    }
    const QString where = filterPath(*text);
    const std::string name = event::quoteJson(node.key);
    for (const std::string &part : {node.key + "=" + node.text, name + ":" + event::quoteJson(node.text),
             name + ":" + node.text, name + ": " + event::quoteJson(node.text), name + ": " + node.text}) {
        if (!where.isEmpty() && text->node->text.find(part) != std::string::npos) {
            return QString::fromStdString(filter::comparisonText(where.toStdString(), filter::Operator::Co, part));
        }
    }
    return {};
}

QList<QList<int>> JsonTreeModel::find(const QString &text) const
{
    constexpr qsizetype most = 1000;
    QList<QList<int>> hits;
    if (!m_document || text.isEmpty()) {
        return hits;
    }
    struct Place
    {
        const JsonNode *node;
        std::size_t next;
    };
    std::vector<Place> way{{m_document.get(), 0}};
    QList<int> rows;
    while (!way.empty() && hits.size() < most) {
        Place &place = way.back();
        if (place.next == place.node->children.size()) {
            way.pop_back();
            if (!rows.isEmpty()) {
                rows.removeLast();
            }
            continue;
        }
        const bool inArray = place.node->kind == JsonNode::Kind::Array;
        const std::size_t row = place.next++;
        const JsonNode &child = place.node->children[row];
        rows << static_cast<int>(row);
        const bool named = !inArray && decoded(child.key, 1024).contains(text, Qt::CaseInsensitive);
        // Of a text that was unfolded its parts are looked at.
        const bool isWhole = !isContainer(child) && child.children.empty();
        if (named || (isWhole && decoded(child.text, maxCopied).contains(text, Qt::CaseInsensitive))) {
            hits << rows;
        }
        way.push_back({&child, 0});
    }
    return hits;
}

QModelIndex JsonTreeModel::indexOf(const QList<int> &rows)
{
    QModelIndex index;
    for (const int row : rows) {
        while (row >= rowCount(index) && canFetchMore(index)) {
            fetchMore(index);
        }
        index = this->index(row, 0, index);
        if (!index.isValid()) {
            return {};
        }
    }
    return index;
}

} // namespace octotrail::ui
