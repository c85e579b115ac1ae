/** The FoodMart sample data as events. */
package dev.tributary.ingestion.foodmart;
